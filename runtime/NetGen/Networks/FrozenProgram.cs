using System.ComponentModel;

namespace NetGen;

/// <summary>The compiled programs of a training step while the part that starts frozen is.</summary>
/// <param name="features">From the inputs to the frozen part's features, by the kernels of inference.</param>
/// <param name="count">How many features there are.</param>
/// <param name="rest">Training behind the features, which are its further inputs.</param>
/// <param name="toggles">The toggles, a bit each, that must all be frozen.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrozenProgram(InferenceProgram features, int count, TrainingProgram rest, ulong toggles)
{
    internal InferenceProgram Features { get; } = features;

    internal int Count { get; } = count;

    internal TrainingProgram Rest { get; } = rest;

    internal ulong Toggles { get; } = toggles;
}
