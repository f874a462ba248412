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
    /// <param name="carries">Whether layers with <c>Stateful</c> start where the batch before ended; a stream has states of its own.</param>
    /// <param name="evaluates">Whether inference has the penalties on activities, too, which training always has.</param>
    public static TapeResult Build(ModelSpec model, bool training, bool carries = true, bool evaluates = false) => new TapeBuilder(model, training, carries, evaluates).Build();
}
