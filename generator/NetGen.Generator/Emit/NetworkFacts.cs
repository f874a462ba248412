namespace NetGen.Generator;

/// <summary>A parameter and its place in the flat weights.</summary>
internal sealed record ParameterFacts(Parameter Parameter, long Offset, Layout Layout);

/// <summary>What the shell tells of a network; shapes are of one sample, without the batch.</summary>
/// <param name="Inputs">Name and shape.</param>
/// <param name="Outputs">Name, shape and final activation.</param>
/// <param name="Parameters">In the order of the tape.</param>
/// <param name="Toggles">The names that carry Trainable, and whether they start live.</param>
/// <param name="Summary">The table of layers.</param>
/// <param name="Architecture">A hash of the inference graph's text.</param>
internal sealed record NetworkFacts(
    EquatableArray<(string Name, Shape Shape)> Inputs,
    EquatableArray<(string Name, Shape Shape, string? Final)> Outputs,
    EquatableArray<ParameterFacts> Parameters,
    EquatableArray<(string Name, bool Live)> Toggles,
    string Summary,
    string Architecture);
