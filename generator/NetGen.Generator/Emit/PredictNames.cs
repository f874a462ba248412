namespace NetGen.Generator;

/// <summary>The names of the parameters of Predict: those of the taps, as far as C# takes them and no other parameter has them.</summary>
internal sealed class PredictNames
{
    private readonly HashSet<string> taken;

    public PredictNames(NetworkFacts facts)
    {
        this.taken = new(StringComparer.Ordinal) { "threads" };
        if (facts.HasTime)
        {
            this.taken.Add("samples");
        }

        this.Inputs = this.Name([.. facts.Inputs.Select(i => i.Name)], "Input");
        this.Outputs = this.Name(facts.Outputs.Count == 1 ? ["output"] : [.. facts.Outputs.Select(o => o.Name)], "Output");
    }

    /// <summary>A name for each input, with its @.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>A name for each output, with its @.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Taps whose names are identifiers already go first, so that they keep them.</summary>
    private string[] Name(string[] taps, string suffix)
    {
        string[] names = new string[taps.Length];
        foreach (int i in Enumerable.Range(0, taps.Length).OrderBy(i => Identifier(taps[i]) == taps[i] ? 0 : 1))
        {
            string identifier = Identifier(taps[i]);
            string name = identifier;
            for (int n = 1; !this.taken.Add(name); n++)
            {
                name = identifier + suffix + (n == 1 ? "" : Literal.Of(n));
            }

            names[i] = "@" + name;
        }

        return names;
    }

    private static string Identifier(string tap)
    {
        string text = string.Concat(tap.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_'));
        return char.IsDigit(text[0]) ? "_" + text : text;
    }
}
