namespace NetGen.Generator;

/// <summary>
/// The compiler: a pure function from a model to C#, which knows no Roslyn type. One direction, no stage calls an earlier one:
/// Layers → Graph → Shapes → Autodiff → Passes → Schedule → Emit.
/// </summary>
internal static class Compiler
{
    /// <summary>The stages up to Shapes, which the analyzer runs at every key stroke.</summary>
    public static EquatableArray<Problem> Check(ModelSpec model)
    {
        TapeResult tape = Tape.Build(model, training: true);
        return tape is { Decode: { } decode, Problems.Count: 0 } && StreamTape.Of(model).Refusal is { } refusal
            ? EquatableArray.Of(new Problem("NG0028", decode.Attribute, null, $"The network cannot write step by step: {refusal}"))
            : tape.Problems;
    }

    /// <summary>The part of the class that an IDE binds user code to; also for a tape with problems. It needs no schedule.</summary>
    public static CompiledShell Shell(ModelSpec model)
    {
        TapeResult tape = Tape.Build(model, training: false);
        NetworkFacts? facts = tape.Problems.Count > 0 ? null : NetworkFacts.Of(tape, new ParameterLayouts(tape.Graph));
        return new CompiledShell(ShellEmitter.Emit(model.Type, facts, facts is null ? default : StreamTape.Of(model)), tape.Problems);
    }

    /// <summary>The programs and their kernels, or null where the tape has problems in either mode.</summary>
    public static string? Kernels(ModelSpec model, EmitOptions options)
    {
        TapeResult tape = Tape.Build(model, training: false);
        if (tape.Problems.Count > 0)
        {
            return null;
        }

        // Before passes and gradients, which know no layer's forms.
        string? onnx = OnnxLowering.Text(tape.Graph);
        TapeResult? training = tape.Options.Trains ? Tape.Build(model, training: true) : null;
        if (training?.Problems.Count > 0)
        {
            return null;
        }

        IReadOnlyList<string> toggles = [.. tape.Toggles.Select(t => t.Name)];
        Schedules schedules = Plan(tape.Graph, training?.Graph, toggles, tape.Options.IsPrecise);
        StreamPlan? stream = StreamTape.Of(model).Graph is { } graph ? Plan(graph, schedules.Layouts, SizeNames.OfProgram(tape.Graph), toggles, tape.Options.IsPrecise) : null;
        return KernelEmitter.Emit(model.Type, schedules, stream, options, onnx);
    }

    /// <summary>From the graphs of a network that runs step by step to schedules.</summary>
    /// <param name="stream">The graphs.</param>
    /// <param name="layouts">Where the network's parameters lie.</param>
    /// <param name="sizes">The network's run-time sizes.</param>
    /// <param name="toggles">The names of the network's toggles.</param>
    /// <param name="isPrecise">Whether kernels that round more than plain sums are forbidden.</param>
    public static StreamPlan Plan(StreamGraph stream, ParameterLayouts layouts, IReadOnlyList<string> sizes, IReadOnlyList<string> toggles, bool isPrecise = false)
    {
        ProgramSchedule? setup = stream.Setup is null ? null : Lower(stream.Setup, repeats: false);
        // With several steps a call there are loops, which have turns of their own.
        ProgramSchedule step = Lower(stream.Step, repeats: stream.Steps == 1);
        return new StreamPlan(stream, setup, step, step.Sizes.Select(s => sizes.ToList().IndexOf(s)).ToEquatableArray());

        ProgramSchedule Lower(Graph graph, bool repeats) => new Lowering(PassList.Run(graph), layouts, training: false, toggles) { IsPrecise = isPrecise, Repeats = repeats }.Run();
    }

    /// <summary>From the graphs of both modes to schedules. The training graph grows by its backward half.</summary>
    public static Schedules Plan(Graph inference, Graph? training, IReadOnlyList<string> toggles, bool isPrecise = false)
    {
        ParameterLayouts layouts = new(inference);
        ProgramSchedule run = new Lowering(PassList.Run(inference), layouts, training: false, toggles) { IsPrecise = isPrecise }.Run();
        if (training is null)
        {
            return new Schedules(layouts, run, null);
        }

        TrainingGraph.AppendGradients(training);
        return new Schedules(layouts, run, new Lowering(PassList.Run(training), layouts, training: true, toggles) { IsPrecise = isPrecise }.Run());
    }
}

/// <summary>The schedules of a network.</summary>
internal sealed record Schedules(ParameterLayouts Layouts, ProgramSchedule Inference, ProgramSchedule? Training);

/// <summary>The shell of a network.</summary>
/// <param name="Text">Base class, constructors, constants, Predict, docs.</param>
/// <param name="Problems">What is wrong with the tape, in its order.</param>
internal sealed record CompiledShell(string Text, EquatableArray<Problem> Problems);
