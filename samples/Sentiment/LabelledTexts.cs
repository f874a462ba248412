namespace NetGen.Samples;

/// <summary>Texts with their labels: 1 for in favour, 0 for against.</summary>
internal sealed record LabelledTexts(string[] Texts, int[] Labels)
{
    private const string For = "rt-polarity.pos", Against = "rt-polarity.neg";
    private const int Least = 100;

    /// <summary>The sentences of a folder, or made-up ones where there is no folder.</summary>
    /// <exception cref="IOException">The folder does not hold the sentences.</exception>
    public static LabelledTexts Read(string? folder)
    {
        if (folder is null) return Opinions.Make(5000, seed: 1);
        Folders.Recognise(folder, For);
        string[] inFavour = ReadLines(Path.Combine(folder, For)), against = ReadLines(Path.Combine(folder, Against));
        return new LabelledTexts([.. inFavour, .. against], [.. inFavour.Select(_ => 1), .. against.Select(_ => 0)]);
    }

    /// <summary>Eight tenths to train on, one that decides when to stop, and one to test with, drawn at random.</summary>
    public (LabelledTexts Train, LabelledTexts Validation, LabelledTexts Test) Split(ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, Texts.Length)];
        new Random((int)seed).Shuffle(order);
        int tenth = order.Length / 10;
        return (Take(order[(2 * tenth)..]), Take(order[..tenth]), Take(order[tenth..(2 * tenth)]));
    }

    /// <summary>The texts as tokens, with targets for a sigmoid.</summary>
    public Dataset Encode(Vocabulary words) => Dataset.FromTokens(words.Encode(Texts), [.. Labels.Select(label => (float)label)]);

    private LabelledTexts Take(int[] places) => new([.. places.Select(i => Texts[i])], [.. places.Select(i => Labels[i])]);

    private static string[] ReadLines(string path)
    {
        string[] lines = [.. File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line))];
        return lines.Length >= Least ? lines : throw new InvalidDataException($"{path} has {lines.Length} sentences; {Least} or more are expected.");
    }
}
