"""The Lambda function, one file that can also be uploaded by hand."""
