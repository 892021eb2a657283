"""What the Lambda function writes is what the program reads."""
