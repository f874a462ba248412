namespace NetGen.Samples;

/// <summary>A text to learn to write on.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Training">What is learned from.</param>
/// <param name="HeldOut">The last tenth, which is not.</param>
internal sealed record Corpus(string Name, string Training, string HeldOut)
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
            return Split($"made-up tales of {entropy:f4} nats a character", tales);
        }

        string path = Path.Combine(folder, Folders.Recognise(folder, File));
        string text = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n");
        return text.Length >= LeastLength ? Split(path, text) : throw new InvalidDataException($"{path} has {text.Length} characters; {LeastLength} or more are expected.");
    }

    /// <summary>
    /// Windows of a text, and for each of their characters the next one. Each is read by itself, so its first characters are predicted from little; the longer it is, the fewer they are.
    /// </summary>
    public static Dataset Cut(int[] text, int length)
    {
        int[][] windows = [.. text[..^1].Chunk(length)], next = [.. text[1..].Chunk(length)];
        return Dataset.FromTokens(windows, next);
    }

    private static Corpus Split(string name, string text)
    {
        int training = text.Length / 10 * 9;
        return new Corpus(name, text[..training], text[training..]);
    }
}
