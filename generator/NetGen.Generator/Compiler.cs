namespace NetGen.Generator;

/// <summary>
/// The compiler: a pure function from a model to C#, which knows no Roslyn type. One direction, no stage calls an earlier one:
/// Layers → Graph → Shapes → Autodiff → Passes → Schedule → Emit.
/// </summary>
internal static class Compiler
{
    /// <summary>The stages up to Shapes, which the analyzer runs at every key stroke.</summary>
    public static EquatableArray<Problem> Check(ModelSpec model) => [];

    public static CompiledNetwork Compile(ModelSpec model) => new(ShellEmitter.Emit(model.Type, null), null, Check(model));

    /// <summary>From the graphs of both modes to schedules.</summary>
    public static CompiledGraphs CompileGraphs(Graph inference, Graph? training)
    {
        ParameterLayouts layouts = new(inference);
        ProgramSchedule run = new Lowering(PassList.Run(inference), layouts, training: false).Run();
        if (training is null)
        {
            return new CompiledGraphs(layouts, run, null);
        }

        TrainingGraph.AppendGradients(training);
        return new CompiledGraphs(layouts, run, new Lowering(PassList.Run(training), layouts, training: true).Run());
    }
}

/// <summary>The schedules of a network.</summary>
internal sealed record CompiledGraphs(ParameterLayouts Layouts, ProgramSchedule Inference, ProgramSchedule? Training);

/// <summary>What the compiler made of a model.</summary>
/// <param name="Shell">The plain source output: base class, constructors, constants, Predict, docs. Also given for an invalid net, so that user code binds.</param>
/// <param name="Kernels">The implementation output, or null where the model has problems.</param>
/// <param name="Problems">What is wrong, in the order of the tape.</param>
internal sealed record CompiledNetwork(string Shell, string? Kernels, EquatableArray<Problem> Problems);
