namespace NetGen;

/// <summary>An input or an output of an imported network, as the model had it and as the network has it.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Tap">The network's name.</param>
/// <param name="Shape">The model's sizes; -1 for one that is open: the batch, a time.</param>
/// <param name="Axes">
/// For each axis of the model the axis of the network's tensor, whose axis 0 is the batch; or -1 for an axis of size 1 that the network leaves out. Maps of (batch, channels, height, width)
/// that the network takes with the channels last have 0, 3, 1, 2.
/// </param>
/// <param name="BatchAxis">The model's axis that is the batch; -1 where the model has none and all that it takes is one sample.</param>
public sealed record ImportedPort(string Name, string Tap, IReadOnlyList<int> Shape, IReadOnlyList<int> Axes, int BatchAxis);
