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
        FrozenPart? frozen = training is null ? null : FrozenPart.Of(tape, training);
        Graph? evaluation = training?.Graph.Penalty is null ? null : Tape.Build(model, training: false, evaluates: true).Graph;
        Schedules schedules = Plan(tape.Graph, training?.Graph, toggles, tape.Options.IsPrecise, frozen, evaluation);
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

    /// <summary>From the graphs of both modes to schedules. Training graphs grow by their backward halves.</summary>
    /// <param name="inference">What Predict runs.</param>
    /// <param name="training">A step, without gradients yet; or null.</param>
    /// <param name="toggles">The names of the network's toggles.</param>
    /// <param name="isPrecise">Whether kernels that round more than plain sums are forbidden.</param>
    /// <param name="frozen">The part that starts frozen, where it is split off.</param>
    /// <param name="evaluation">Inference with the penalties on activities, where there are some.</param>
    public static Schedules Plan(Graph inference, Graph? training, IReadOnlyList<string> toggles, bool isPrecise = false, FrozenPart? frozen = null, Graph? evaluation = null)
    {
        ParameterLayouts layouts = new(inference);
        ProgramSchedule run = Lower(inference, isTraining: false);
        ProgramSchedule? step = training is null ? null : LowerTraining(training);
        FrozenSchedules? parts = frozen is null ? null
            : new FrozenSchedules(frozen.Entry is null ? null : Lower(frozen.Entry, isTraining: true), Lower(frozen.Features, isTraining: false), LowerTraining(frozen.Rest), [.. frozen.Toggles.Select(t => toggles.ToList().IndexOf(t))]);
        return new Schedules(layouts, run, step, parts, evaluation is null ? null : Lower(evaluation, isTraining: false));

        ProgramSchedule LowerTraining(Graph graph)
        {
            TrainingGraph.AppendGradients(graph);
            return Lower(graph, isTraining: true);
        }

        ProgramSchedule Lower(Graph graph, bool isTraining) => new Lowering(PassList.Run(graph), layouts, isTraining, toggles) { IsPrecise = isPrecise }.Run();
    }
}

/// <summary>The schedules of a network.</summary>
/// <param name="Layouts">Where its parameters lie.</param>
/// <param name="Inference">What Predict runs.</param>
/// <param name="Training">A step; null where it does not train.</param>
/// <param name="Frozen">A step while the part that starts frozen is.</param>
/// <param name="Evaluation">Inference with the penalties on activities; null where there are none.</param>
internal sealed record Schedules(ParameterLayouts Layouts, ProgramSchedule Inference, ProgramSchedule? Training, FrozenSchedules? Frozen = null, ProgramSchedule? Evaluation = null);

/// <summary>The schedules of a step while a part is frozen.</summary>
/// <param name="Entry">From the inputs to the frozen part's; null where they are the same.</param>
/// <param name="Features">From there to the frozen part's features.</param>
/// <param name="Rest">Training behind them.</param>
/// <param name="Toggles">Which toggles must be frozen, by their indices.</param>
internal sealed record FrozenSchedules(ProgramSchedule? Entry, ProgramSchedule Features, ProgramSchedule Rest, IReadOnlyList<int> Toggles);

/// <summary>The shell of a network.</summary>
/// <param name="Text">Base class, constructors, constants, Predict, docs.</param>
/// <param name="Problems">What is wrong with the tape, in its order.</param>
internal sealed record CompiledShell(string Text, EquatableArray<Problem> Problems);
