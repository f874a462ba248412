namespace NetGen.Samples;

/// <summary>
/// Makes up sentences with an opinion by a small grammar. Words alone do not tell it: "good, not bad" has those of "bad, not good", and of two clauses with a "but" between the last one counts.
/// </summary>
internal sealed class Opinions
{
    private static readonly string[] Things = ["film", "story", "music", "cast", "end", "dialogue", "picture", "plot"];
    private static readonly string[] Good = ["good", "great", "funny", "clever", "moving", "fresh", "warm", "lovely"];
    private static readonly string[] Bad = ["bad", "awful", "dull", "silly", "cold", "stale", "poor", "boring"];
    private static readonly string[] Before = ["", "", "i think ", "they say that ", "in my opinion ", "to be honest ", "all in all "];
    private static readonly string[] Adverbs = ["", "", "very ", "really ", "quite "];

    private readonly Random random;

    private Opinions(int seed) => random = new Random(seed);

    /// <summary>Different sentences, half of them in favour.</summary>
    public static LabelledTexts Make(int count, int seed)
    {
        Opinions opinions = new(seed);
        HashSet<string> seen = [];
        List<int> labels = [];
        while (labels.Count < count)
        {
            int label = labels.Count % 2;
            if (seen.Add(opinions.Sentence(label == 1))) labels.Add(label);
        }

        return new LabelledTexts([.. seen], [.. labels]);
    }

    private string Sentence(bool isGood) =>
        Choose(Before) + (random.Next(2) == 0 ? Clause(isGood) : $"{Clause(!isGood)} , but {Clause(isGood)}") + " .";

    private string Clause(bool isGood) => $"the {Choose(Things)} was " + random.Next(4) switch
    {
        0 => Adjective(isGood),
        1 => "not " + Adjective(!isGood),
        2 => $"{Adjective(isGood)} , not {Adjective(!isGood)}",
        _ => $"not {Adjective(!isGood)} but {Adjective(isGood)}",
    };

    private string Adjective(bool isGood) => Choose(Adverbs) + Choose(isGood ? Good : Bad);

    private string Choose(string[] words) => words[random.Next(words.Length)];
}
