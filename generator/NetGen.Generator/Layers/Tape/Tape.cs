namespace NetGen.Generator;

/// <summary>
/// The attributes of a class as a graph: chains, names and taps, blocks, repetition and conditions, reuse. Pure; every problem that can be found is
/// collected, and nothing is thrown for any model. The programs for inference and for training have the same parameters in the same order.
/// </summary>
internal static class Tape
{
    /// <summary>Builds the graph of a program.</summary>
    /// <param name="model">The network as its author wrote it.</param>
    /// <param name="training">Whether dropout and batch statistics are in force.</param>
    public static TapeResult Build(ModelSpec model, bool training) => new TapeBuilder(model, training).Build();
}
