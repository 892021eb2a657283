"""What AWS answers, in words: errors, denials, reasons, and why nothing answers."""
