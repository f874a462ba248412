using System.Text;

namespace NetGen.Samples;

/// <summary>
/// Makes up tales by a small grammar. Subject and verb agree in number over a clause between them ("the dog that sees the birds sings"), so that whoever writes on has to remember what has
/// long been written.
/// </summary>
internal sealed class Tales
{
    private static readonly string[] Animals = ["frog", "dog", "bird", "cat", "horse", "owl", "bear", "duck"];
    private static readonly string[] Adjectives = ["old", "young", "small", "quiet", "hungry", "brave"];
    private static readonly string[] Places = ["in the forest", "on the hill", "at the river", "under the moon"];
    private static readonly string[] Deeds = ["sleep", "sing", "wait", "dream"];
    private static readonly string[] Dealings = ["see", "follow", "hear", "like"];

    private readonly Random random;
    private readonly StringBuilder text = new();

    private Tales(int seed) => random = new Random(seed);

    /// <summary>What the text tells, in nats: no model can expect a smaller sum of losses.</summary>
    private double Information { get; set; }

    /// <summary>A text of at least as many characters; the same one for the same seed.</summary>
    /// <returns>The text, and the least loss per character that any prediction can have.</returns>
    public static (string Text, double Entropy) Tell(int length, int seed)
    {
        Tales tales = new(seed);
        while (tales.text.Length < length) tales.Sentence();
        return (tales.text.ToString(), tales.Information / tales.text.Length);
    }

    private void Sentence()
    {
        if (Coin()) text.Append(Choose(Places)).Append(", ");
        bool many = Someone();
        if (Coin())
        {
            text.Append(" that ").Append(Choose(Dealings)).Append(many ? " " : "s ");
            Someone();
        }

        text.Append(' ').Append(Choose(Deeds)).Append(many ? "" : "s").Append(Coin() ? ".\n" : ". ");
    }

    /// <summary>One animal or several.</summary>
    private bool Someone()
    {
        bool many = Coin();
        text.Append("the ");
        if (Coin()) text.Append(Choose(Adjectives)).Append(' ');
        text.Append(Choose(Animals)).Append(many ? "s" : "");
        return many;
    }

    private string Choose(string[] words) => words[Draw(words.Length)];

    private bool Coin() => Draw(2) == 1;

    private int Draw(int ways)
    {
        Information += Math.Log(ways);
        return random.Next(ways);
    }
}
