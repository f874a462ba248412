using System.ComponentModel;

namespace NetGen;

/// <summary>The compiled programs of a training step while the part that starts frozen is.</summary>
/// <param name="features">From the inputs, or from what <paramref name="entry"/> makes of them, to the frozen part's features, by the kernels of inference.</param>
/// <param name="count">How many features there are.</param>
/// <param name="rest">Training behind the features, which are its further inputs.</param>
/// <param name="toggles">The toggles, a bit each, that must all be frozen.</param>
/// <param name="entry">Training's forward half from the inputs to the frozen part, where random layers stand between; else null.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrozenProgram(InferenceProgram features, int count, TrainingProgram rest, ulong toggles, TrainingProgram? entry = null)
{
    internal InferenceProgram Features { get; } = features;

    internal int Count { get; } = count;

    internal TrainingProgram Rest { get; } = rest;

    internal ulong Toggles { get; } = toggles;

    internal TrainingProgram? Entry { get; } = entry;
}
