namespace NetGen.Generator.Tests;

/// <summary>A network that was compiled in memory: its graphs before any pass, which the interpreter runs, and its programs.</summary>
internal sealed class EmittedNet(string name, Graph inference, Graph? training, Schedules schedules, IReadOnlyList<string> toggles, string text)
{
    public string Name { get; } = name;

    public Graph InferenceGraph { get; } = inference;

    /// <summary>With its gradients appended.</summary>
    public Graph? TrainingGraph { get; } = training;

    public Schedules Schedules { get; } = schedules;

    public IReadOnlyList<string> Toggles { get; } = toggles;

    /// <summary>The emitted kernels.</summary>
    public string Text { get; } = text;

    public InferenceProgram Inference { get; set; } = null!;

    public TrainingProgram? Training { get; set; }

    public override string ToString() => this.Name;
}
