namespace NetGen.Generator;

/// <summary>The parameters of methods that take, of a network that runs step by step, the inputs that do not: whole, with lengths where the network reads them.</summary>
internal sealed class SourceParameters
{
    private readonly List<string> documentation = [];
    private readonly List<string> lengthDocumentation = [];
    private readonly List<string> lengthFields = [];
    private readonly string? given;

    public SourceParameters(NetworkFacts facts, StreamGraph stream)
    {
        PredictNames names = new(facts);
        for (int i = 0; i < facts.Inputs.Count; i++)
        {
            if (stream.Inputs.Contains(i))
            {
                continue;
            }

            string name = names.Inputs[i];
            this.documentation.Add($"/// <param name=\"{name}\">For all steps: samples of shape {Kernel.Xml(facts.Inputs[i].Shape.ToString())}.</param>");
            this.Spans.Add("global::System.ReadOnlySpan<float> " + name);
            this.Fields.Add(FormattableString.Invariant($"Input{i} = {name}"));
            if (names.Lengths[i] is { } lengths)
            {
                this.lengthDocumentation.Add($"/// <param name=\"{lengths}\">For each sample how many of its steps count, at most the time; all unless given.</param>");
                this.Lengths.Add($"global::System.ReadOnlySpan<int> {lengths} = default");
                this.lengthFields.Add(FormattableString.Invariant($"Lengths{facts.Inputs[i].Time - 1} = {lengths}"));
                this.given ??= $"HasLengths = !{lengths}.IsEmpty";
            }
        }
    }

    /// <summary>A span for each input.</summary>
    public List<string> Spans { get; } = [];

    /// <summary>A span for each input's lengths, with nothing as the default.</summary>
    public List<string> Lengths { get; } = [];

    /// <summary>The call's fields of the inputs.</summary>
    public List<string> Fields { get; } = [];

    public string Call => $"new global::NetGen.PredictCall {{ {string.Join(", ", [.. this.Fields, .. this.lengthFields, .. this.given is null ? Array.Empty<string>() : [this.given]])} }}";

    public string CallWithoutLengths => $"new global::NetGen.PredictCall {{ {string.Join(", ", this.Fields)} }}";

    public void EmitDocumentation(CodeWriter code, bool hasLengths)
    {
        foreach (string line in hasLengths ? this.documentation.Concat(this.lengthDocumentation) : this.documentation)
        {
            code.Line(line);
        }
    }
}
