namespace NetGen.Samples;

/// <summary>A text to learn to write on.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Training">What is learned from.</param>
/// <param name="HeldOut">The last tenth, which is not.</param>
/// <param name="PieceLength">The length of the pieces to learn from.</param>
internal sealed record Corpus(string Name, string Training, string HeldOut, int PieceLength)
{
    private const string File = "input.txt";
    private const int LeastLength = 10_000;

    /// <summary>The text file in a folder, or made-up tales where there is no folder.</summary>
    /// <exception cref="IOException">The folder has no text, or too short a one.</exception>
    public static Corpus Read(string? folder)
    {
        if (folder is null)
        {
            (string tales, double entropy) = Tales.Tell(400_000, seed: 1);
            return Split($"made-up tales of {entropy:f4} nats a character", tales, pieceLength: 64);
        }

        string path = Path.Combine(folder, Folders.Recognise(folder, File));
        string text = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n");
        return text.Length >= LeastLength ? Split(path, text, pieceLength: 128) : throw new InvalidDataException($"{path} has {text.Length} characters; {LeastLength} or more are expected.");
    }

    /// <summary>
    /// Pieces of a text, and for each of their characters the one behind it. Each is read by itself, so the first characters of a piece are foretold from little; the longer it is, the fewer they are.
    /// </summary>
    public static Dataset Cut(int[] text, int length)
    {
        int[][] pieces = [.. text[..^1].Chunk(length)], next = [.. text[1..].Chunk(length)];
        return Dataset.FromTokens(pieces, next);
    }

    private static Corpus Split(string name, string text, int pieceLength)
    {
        int training = text.Length / 10 * 9;
        return new Corpus(name, text[..training], text[training..], pieceLength);
    }
}
