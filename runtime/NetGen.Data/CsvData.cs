namespace NetGen;

/// <summary>A CSV file that has been read.</summary>
/// <param name="Dataset">The samples: an input "input" of shape (features,), and the targets. All values are finite.</param>
/// <param name="Encoding">What was learned from the file, for reading others alike.</param>
public sealed record CsvData(Dataset Dataset, CsvEncoding Encoding);
