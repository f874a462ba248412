using NetGen.Generator;

namespace NetGen.Keras;

/// <summary>
/// Two directions that are not one layer with <c>Bidirectional</c>, as each has a configuration of its own or is a stack of cells: each a layer of the tape, or several, and one that brings both together.
/// </summary>
internal static class KerasDirections
{
    /// <summary>What both directions must have in common.</summary>
    private static readonly string[] Common = ["ReturnSequences", "ReturnState", "Stateful"];

    /// <summary>Arguments of Keras's layers that those in the order of time say otherwise, or that have no effect there.</summary>
    private static readonly HashSet<string> Replaced = ["Activation", "RecurrentActivation", "ResetAfter", "UnitForgetBias", "GoBackwards", "ZeroOutputForMask", "Seed"];

    /// <summary>Arguments that those in the order of time have not.</summary>
    private static readonly HashSet<string> Missing = ["Dropout", "RecurrentDropout", "Stateful"];

    /// <param name="forward">The layer.</param>
    /// <param name="backward">The one of the other direction, read for it alone.</param>
    /// <param name="isGiven">Whether the configuration has it, or else <paramref name="forward"/>'s was taken again.</param>
    /// <param name="isStateful">Whether what is around them carries states from batch to batch.</param>
    /// <param name="merge">How both become one.</param>
    public static KerasLayer Of(KerasLayer forward, KerasLayer backward, bool isGiven, bool isStateful, Merge merge)
    {
        List<KerasPart> ahead = Parts(forward), behind = Parts(backward);
        List<string> problems = [.. ahead.Concat(behind).Select(p => p.Kind).Distinct().Where(k => !LayerTable.Find(k)!.Arguments.Contains("GoBackwards")).Select(k => $"Bidirectional wraps a {k}; NetGen has two directions of recurrent layers.")];
        if (Has(ahead[0], "GoBackwards"))
        {
            problems.Add("Its layer goes backwards, and its backward layer is the other way round.");
        }
        else if (isGiven && !Has(behind[0], "GoBackwards"))
        {
            problems.Add("Its backward layer does not go backwards.");
        }

        problems.AddRange(Common.Where(n => Has(ahead[^1], n) != Has(behind[^1], n)).Select(n => $"Its backward layer has another {n} than its layer."));
        if (problems.Count > 0)
        {
            return new KerasLayer(null, [], problems);
        }

        // Keras gives 0 for the masked steps of sequences, so that what is merged does not repeat the last output.
        bool isSequence = Has(ahead[^1], "ReturnSequences");
        foreach (KerasPart part in ahead.Concat(behind))
        {
            part.Arguments.RemoveAll(a => a.Name == "GoBackwards" || (a.Name == "Stateful" && isStateful));
            if (isStateful)
            {
                part.Arguments.Add(new("Stateful", new BooleanValue(true)));
            }
        }

        foreach (KerasPart part in new[] { ahead[^1], behind[^1] })
        {
            part.Arguments.RemoveAll(a => a.Name == "ZeroOutputForMask");
            if (isSequence)
            {
                part.Arguments.Add(new("ZeroOutputForMask", new BooleanValue(true)));
            }
        }

        // Steps that go on come in the order of time, and with them their mask, from a loop that is reversed by itself.
        string? problem = null;
        bool isTurned = false;
        if (isSequence || behind.Count > 1)
        {
            KerasPart?[] inTime = [.. behind.Select(InTime)];
            isTurned = inTime.Contains(null);
            behind = isTurned ? behind : [.. inTime.Select(p => p!)];
            problem = isTurned ? "Its backward layer is a layer by itself, with dropout, states or a function that ONNX's recurrent operators have not; its steps would be turned round without the mask of its input (of lengths, where any time is taken)." : null;
        }

        if (isTurned || (!isSequence && behind.Count == 1))
        {
            behind[0].Arguments.Add(new("GoBackwards", new BooleanValue(true)));
        }

        int offset = ahead.Count;
        List<KerasPart> parts = [.. ahead.Select(p => Within(p, "forward", 0)), .. behind.Select(p => Within(p, "backward", offset))];
        (int last, int otherLast) = (offset - 1, parts.Count - 1);
        if (isTurned && isSequence)
        {
            parts.Add(new KerasPart("backward_turned", "Ops.Slice", [One("Starts", -1), One("Ends", int.MinValue), One("Axes", 1), One("Steps", -1)], [otherLast], [], [], 0));
            otherLast++;
        }

        List<(int Part, string? Tap)> states = [.. States(forward, 0), .. States(backward, offset)];
        if (merge == Merge.None)
        {
            return new KerasLayer("Bidirectional", [], []) { Parts = parts, Outputs = [(last, null), (otherLast, null), .. states], MaskProblem = problem };
        }

        string kind = merge switch { Merge.Sum => "Add", Merge.Mul => "Multiply", Merge.Ave => "Average", _ => "Concatenate" };
        parts.Add(new KerasPart("", kind, [], [last, otherLast], [], [], 0));
        return new KerasLayer("Bidirectional", [], []) { Parts = parts, Outputs = [(parts.Count - 1, null), .. states], MaskProblem = problem };
    }

    private static List<KerasPart> Parts(KerasLayer layer) => layer.Parts.Count > 0 ? [.. layer.Parts] : [new KerasPart("", layer.Kind!, layer.Arguments, [-1], [], [], layer.Kind!.Contains("LSTM", StringComparison.Ordinal) ? 2 : 1)];

    private static IEnumerable<(int Part, string? Tap)> States(KerasLayer layer, int offset) =>
        layer.Parts.Count > 0 ? layer.Outputs.Skip(1).Select(o => (o.Part + offset, o.Tap))
        : !layer.Arguments.Contains(new ArgumentSpec("ReturnState", new BooleanValue(true))) ? []
        : layer.Kind!.Contains("LSTM", StringComparison.Ordinal) ? [(offset, "state_h"), (offset, "state_c")] : [(offset, "state_h")];

    private static bool Has(KerasPart part, string argument) => part.Arguments.Contains(new ArgumentSpec(argument, new BooleanValue(true)));

    private static KerasPart Within(KerasPart part, string direction, int offset) => part with
    {
        Name = part.Name.Length == 0 ? direction : direction + "_" + part.Name,
        Inputs = [.. part.Inputs.Select(i => i < 0 ? i : i + offset)],
        Path = [direction, .. part.Path],
        LegacyPath = [direction, .. part.LegacyPath],
    };

    private static ArgumentSpec One(string name, long value) => new(name, new ArrayValue(EquatableArray.Of<ArgumentValue>(new IntegerValue(value))));

    /// <summary>The same layer in ONNX's words, which runs from the end to the start and gives its steps in the order of time; null where ONNX's layer cannot say it.</summary>
    private static KerasPart? InTime(KerasPart part)
    {
        if (part.Kind is not ("LSTM" or "GRU" or "SimpleRNN") || part.Arguments.Exists(a => Missing.Contains(a.Name)))
        {
            return null;
        }

        OnnxActivation? gate = OnnxActivation.Of(Function("RecurrentActivation", "Sigmoid")), state = OnnxActivation.Of(Function("Activation", "Tanh"));
        if (gate is null || state is null)
        {
            return null;
        }

        List<ArgumentSpec> arguments = [.. part.Arguments.Where(a => !Replaced.Contains(a.Name)), new("Direction", new EnumValue(nameof(RnnDirection), nameof(RnnDirection.Reverse)))];
        OnnxActivation[] functions = part.Kind switch { "LSTM" => [gate, state, state], "GRU" => [gate, state], _ => [state] };
        if (gate.Name != "Sigmoid" || state.Name != "Tanh")
        {
            arguments.Add(new("Activations", new ArrayValue(functions.Select(f => (ArgumentValue)new TextValue(f.Name)).ToEquatableArray())));
            Numbers("ActivationAlpha", functions.Select(f => f.Alpha));
            Numbers("ActivationBeta", functions.Select(f => f.Beta));
        }

        if (part.Kind == "GRU" && !part.Arguments.Contains(new ArgumentSpec("ResetAfter", new BooleanValue(false))))
        {
            arguments.Add(new("LinearBeforeReset", new BooleanValue(true)));
        }

        return part with { Kind = part.Kind == "SimpleRNN" ? "Ops.RNN" : "Ops." + part.Kind, Arguments = arguments };

        string Function(string argument, string fallback) => part.Arguments.Find(a => a.Name == argument)?.Value is EnumValue { Member: var name } ? name : fallback;

        void Numbers(string argument, IEnumerable<double?> numbers)
        {
            ArgumentValue[] values = [.. numbers.Where(n => n is not null).Select(n => new NumberValue(n!.Value))];
            if (values.Length > 0)
            {
                arguments.Add(new(argument, new ArrayValue(values.ToEquatableArray())));
            }
        }
    }
}
