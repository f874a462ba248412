namespace NetGen.Samples;

/// <summary>
/// What travellers say at the reception of a hotel, in Spanish and in English: a sentence in each line, with a space between words and marks (training.es, training.en, dev.es and so
/// on).
/// </summary>
internal static class EuTrans
{
    /// <summary>Reads the three parts.</summary>
    /// <exception cref="IOException">The folder does not hold them, or a file cannot be read.</exception>
    public static (TextPairs Train, TextPairs Validation, TextPairs Test) Read(string folder)
    {
        Folders.Recognise(folder, "training.es");
        return (ReadPart(folder, "training"), ReadPart(folder, "dev"), ReadPart(folder, "test"));
    }

    private static TextPairs ReadPart(string folder, string part)
    {
        (string spanish, string english) = (Path.Combine(folder, part + ".es"), Path.Combine(folder, part + ".en"));
        TextPairs pairs = new(File.ReadAllLines(spanish), File.ReadAllLines(english));
        if (pairs.Sources.Length != pairs.Targets.Length)
            throw new InvalidDataException($"{spanish} has {pairs.Sources.Length} lines and {english} has {pairs.Targets.Length}; as many are expected.");
        return pairs.Count > 0 ? pairs : throw new InvalidDataException($"{spanish} is empty; at least one line is expected.");
    }
}
