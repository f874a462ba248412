namespace NetGen.Generator;

/// <summary>The tape of a network as one that runs step by step.</summary>
internal static class StreamTape
{
    /// <summary>The graph of a call, or why there is none; neither for a network that no step leaves anything behind in.</summary>
    public static (StreamGraph? Graph, string? Refusal) Of(ModelSpec model)
    {
        ModelSpec open = WithOpenTimes(model);
        if (!open.Elements.Any(TakesSteps))
        {
            // The tape of a large network is not built for nothing.
            return (null, null);
        }

        TapeResult tape = Tape.Build(open, training: false, carries: false);
        Graph source = tape.Graph;
        if (tape.Problems.Count > 0 || !source.Inputs.Any(HasTime))
        {
            return (null, null);
        }

        if (tape.Decode is { } decode)
        {
            return StreamGraph.Of(source, v => v == source.Inputs[decode.Input]);
        }

        (StreamGraph? graph, string? refusal) = StreamGraph.Of(source, HasTime);

        // Of several inputs the last ones may come step by step behind the others: a decoder's behind its encoder's.
        foreach (Value alone in source.Inputs.Skip(1).Reverse().Where(HasTime).TakeWhile(_ => graph is null))
        {
            (graph, string? why) = StreamGraph.Of(source, v => v == alone);
            refusal = alone == source.Inputs[source.Inputs.Count - 1] ? why : refusal;
        }

        return graph is { Step.States.Count: > 0 } or { Step.CountsCalls: true } ? (graph, null)
            : (null, source.Nodes.Any(n => n.Op is Scan or BatchMatMul) ? refusal : null);
    }

    private static bool HasTime(Value input) => input.Shape.Rank > 1 && !input.Shape[1].IsConstant;

    /// <summary>Sequences of a constant number of steps as sequences of any: a stream does not end.</summary>
    private static ModelSpec WithOpenTimes(ModelSpec model) => model with { Elements = model.Elements.Select(Open).ToEquatableArray() };

    private static bool TakesSteps(ElementSpec element) =>
        element is LayerSpec { Kind: "Input" } input && input.Find("Shape")?.Value is ArrayValue { Items: { Count: > 0 } shape } && shape[0] is IntegerValue { Value: -1 };

    private static ElementSpec Open(ElementSpec element) =>
        element is LayerSpec { Kind: "Input" } input && input.Find("Shape")?.Value is ArrayValue { Items: { Count: 2 } shape } && shape[0] is IntegerValue { Value: > 0 }
            ? input with
            {
                Arguments = input.Arguments.Select(a => a.Name == "Shape" ? a with { Value = new ArrayValue(EquatableArray.Of(new IntegerValue(-1), shape[1])) } : a).ToEquatableArray(),
            }
            : element;
}

/// <summary>The schedules of a network that runs step by step.</summary>
/// <param name="Graph">What they run.</param>
/// <param name="Setup">Before the first step; null where there is nothing of it.</param>
/// <param name="Step">One call.</param>
/// <param name="Sizes">For each run-time size of <paramref name="Step"/> the network's.</param>
internal sealed record StreamPlan(StreamGraph Graph, ProgramSchedule? Setup, ProgramSchedule Step, EquatableArray<int> Sizes);
