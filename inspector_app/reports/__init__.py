"""Reports from the store: PDF, HTML, XLSX, CSV, JSON, COCO."""
