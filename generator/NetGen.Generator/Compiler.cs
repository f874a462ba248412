namespace NetGen.Generator;

/// <summary>
/// The compiler: a pure function from a model to C#, which knows no Roslyn type. One direction, no stage calls an earlier one:
/// Layers → Graph → Shapes → Autodiff → Passes → Schedule → Emit.
/// </summary>
internal static class Compiler
{
    /// <summary>The stages up to Shapes, which the analyzer runs at every key stroke.</summary>
    public static EquatableArray<Problem> Check(ModelSpec model) => Tape.Build(model, training: true).Problems;

    /// <summary>From a model to the text of its shell and its kernels.</summary>
    public static CompiledNetwork Compile(ModelSpec model, EmitOptions options)
    {
        TapeResult tape = Tape.Build(model, training: false);
        if (tape.Problems.Count > 0)
        {
            return new CompiledNetwork(ShellEmitter.Emit(model.Type, null), null, tape.Problems);
        }

        bool trains = model.Options.FirstOrDefault(o => o.Name == "Training")?.Value is not BooleanValue { Value: false };
        Schedules schedules = Plan(tape.Graph, trains ? Tape.Build(model, training: true).Graph : null, [.. tape.Toggles.Select(t => t.Name)]);
        NetworkFacts facts = NetworkFacts.Of(tape, schedules.Layouts);
        string kernels = KernelEmitter.Emit(model.Type, schedules.Inference, schedules.Training, options);
        return new CompiledNetwork(ShellEmitter.Emit(model.Type, facts), kernels, tape.Problems);
    }

    /// <summary>From the graphs of both modes to schedules. The training graph grows by its backward half.</summary>
    public static Schedules Plan(Graph inference, Graph? training, IReadOnlyList<string> toggles)
    {
        ParameterLayouts layouts = new(inference);
        ProgramSchedule run = new Lowering(PassList.Run(inference), layouts, training: false, toggles).Run();
        if (training is null)
        {
            return new Schedules(layouts, run, null);
        }

        TrainingGraph.AppendGradients(training);
        return new Schedules(layouts, run, new Lowering(PassList.Run(training), layouts, training: true, toggles).Run());
    }
}

/// <summary>The schedules of a network.</summary>
internal sealed record Schedules(ParameterLayouts Layouts, ProgramSchedule Inference, ProgramSchedule? Training);

/// <summary>What the compiler made of a model.</summary>
/// <param name="Shell">The plain source output: base class, constructors, constants, Predict, docs. Also given for an invalid net, so that user code binds.</param>
/// <param name="Kernels">The implementation output, or null where the model has problems.</param>
/// <param name="Problems">What is wrong, in the order of the tape.</param>
internal sealed record CompiledNetwork(string Shell, string? Kernels, EquatableArray<Problem> Problems);
