using System.Globalization;
using System.Text;

namespace NetGen.Generator;

/// <summary>A parameter and its place in the flat weights.</summary>
internal sealed record ParameterFacts(Parameter Parameter, long Offset, Layout Layout);

/// <summary>What the shell tells of a network; shapes are of one sample, without the batch.</summary>
/// <param name="Inputs">
/// Name, shape, which of the program's run-time sizes is its time (0 where it has none), how many steps it may have, and how many tokens there are where its elements choose rows of a table (0
/// where they do not).
/// </param>
/// <param name="Outputs">Name, shape, final activation, and whether the program tells which of its steps count.</param>
/// <param name="Parameters">In the order of the tape.</param>
/// <param name="Toggles">The names that carry Trainable, and whether they start live.</param>
/// <param name="Adaptations">The layers whose statistics are measured on data.</param>
/// <param name="Lengths">For each input with a time whose outputs depend on which of its steps count: the input and the time's run-time size. Inputs that share a time stand here once.</param>
/// <param name="States">The names of what layers with Stateful take over from batch to batch.</param>
/// <param name="Decode">Which input takes tokens, and which output says what comes next; null where the network writes no sequences.</param>
/// <param name="Summary">The table of layers.</param>
/// <param name="Architecture">A hash of the inference graph's text.</param>
internal sealed record NetworkFacts(
    EquatableArray<(string Name, Shape Shape, int Time, TimeBounds Steps, long Tokens)> Inputs,
    EquatableArray<(string Name, Shape Shape, string? Final, bool IsMasked)> Outputs,
    EquatableArray<ParameterFacts> Parameters,
    EquatableArray<(string Name, bool Live)> Toggles,
    EquatableArray<Adaptation> Adaptations,
    EquatableArray<(string Input, int Time)> Lengths,
    EquatableArray<string> States,
    DecodeSpec? Decode,
    string Summary,
    string Architecture)
{
    public static NetworkFacts Of(TapeResult tape, ParameterLayouts layouts) => new(
        tape.Graph.Inputs.Select(i => (i.Name, PerSample(i.Shape), TimeOf(tape.Graph, i), StepsOf(tape.Graph, i), TokensOf(tape.Graph, i))).ToEquatableArray(),
        tape.Graph.Outputs.Select(o => (o.Name, PerSample(o.Value.Shape), o.Final, o.StepMask is not null)).ToEquatableArray(),
        tape.Graph.Parameters.Select(p => new ParameterFacts(p.Parameter!, layouts.Offset(p.Name), layouts.Layout(p.Name))).ToEquatableArray(),
        tape.Toggles.Select(t => (t.Name, tape.StartsLive(t))).ToEquatableArray(),
        tape.Adaptations,
        LengthsOf(tape.Graph).ToEquatableArray(),
        tape.Graph.States.Select(s => s.Name).ToEquatableArray(),
        tape.Decode,
        SummaryOf(tape),
        StableHash.Of(tape.Graph.ToString()));

    private static int TimeOf(Graph graph, Value input)
    {
        string? time = SizeNames.Of(PerSample(input.Shape)).FirstOrDefault();
        return time is null ? 0 : SizeNames.OfProgram(graph).ToList().IndexOf(time);
    }

    private static TimeBounds StepsOf(Graph graph, Value input) => SizeNames.Of(PerSample(input.Shape)).FirstOrDefault() is { } time ? TimeBounds.Of(graph, time) : TimeBounds.None;

    private static long TokensOf(Graph graph, Value input)
    {
        HashSet<Value> same = [input];
        long tokens = 0;
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is Reshape && same.Contains(node.Inputs[0]))
            {
                same.Add(node.Output);
            }
            else if (node.Op is Gather && same.Contains(node.Inputs[1]))
            {
                long rows = node.Inputs[0].Shape[0].Constant;
                tokens = tokens == 0 ? rows : Math.Min(tokens, rows);
            }
        }

        return tokens;
    }

    private static IEnumerable<(string Input, int Time)> LengthsOf(Graph graph)
    {
        HashSet<Value> live = [.. graph.Outputs.Select(o => o.Value), .. graph.Updates.Select(u => u.NewValue)];
        foreach (Node node in graph.Nodes.Reverse().Where(n => n.Outputs.Any(live.Contains)))
        {
            live.UnionWith(node.Inputs);
        }

        HashSet<int> read = [.. live.Where(v => v.Kind == ValueKind.Lengths).Select(v => SizeNames.OfProgram(graph).ToList().IndexOf(v.Name))];
        return graph.Inputs.Select(i => (i.Name, Time: TimeOf(graph, i))).Where(i => read.Remove(i.Time));
    }

    /// <summary>Whether any input has a time: samples are then counted by the caller.</summary>
    public bool HasTime => this.Inputs.Any(i => i.Time > 0);

    private static Shape PerSample(Shape shape) => shape.Slice(1, shape.Rank);

    /// <summary>The table that Keras prints with <c>summary()</c>, with multiply-adds.</summary>
    private static string SummaryOf(TapeResult tape)
    {
        List<string[]> rows = [["Layer (type)", "Output shape", "Parameters", "Multiply-adds"]];
        rows.AddRange(tape.Rows.Select(r => new[] { $"{r.Name} ({r.Kind})", r.Output.ToString(), Thousands(r.Parameters), r.MultiplyAdds.IsConstant ? Thousands(r.MultiplyAdds.Constant) : r.MultiplyAdds.ToString() }));
        int[] widths = [.. Enumerable.Range(0, 4).Select(c => rows.Max(r => r[c].Length))];
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            text.Append(row[0].PadRight(widths[0])).Append("  ").Append(row[1].PadRight(widths[1])).Append("  ").Append(row[2].PadLeft(widths[2])).Append("  ").Append(row[3].PadLeft(widths[3])).Append('\n');
        }

        return text.Append($"Parameters: {Thousands(tape.Parameters)}, of which {tape.NotTraining}").ToString();
    }

    private static string Thousands(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
