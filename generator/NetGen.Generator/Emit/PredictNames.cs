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
        HashSet<string> read = [.. facts.Lengths.Select(l => l.Input)];
        string[] lengths = this.Name(read.Count == 1 ? ["lengths"] : [.. facts.Inputs.Where(i => read.Contains(i.Name)).Select(i => i.Name + "Lengths")], "OfSamples");
        int next = 0;
        this.Lengths = [.. facts.Inputs.Select(i => read.Contains(i.Name) ? lengths[next++] : null)];
    }

    /// <summary>A name for each input, with its @.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>A name for each output, with its @.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>For each input the name of the lengths along its time, or null where there are none.</summary>
    public IReadOnlyList<string?> Lengths { get; }

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
