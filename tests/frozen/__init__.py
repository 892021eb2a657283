"""The packaged program, as a person has it: installed, without Python, without rights."""
