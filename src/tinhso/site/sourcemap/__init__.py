"""The source map (bản đồ nguồn): what the five texts ask for, and the screen that answers it or why none does yet."""
