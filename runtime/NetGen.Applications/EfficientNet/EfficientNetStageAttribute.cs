namespace NetGen;

/// <summary>A stage of EfficientNet: units of which the first shrinks the map, and each drops more of its samples than the one before.</summary>
/// <param name="filters">The channels of the output, before <paramref name="widthCoefficient"/>.</param>
/// <param name="kernelSize">The size of the depthwise filters.</param>
/// <param name="strides">By which the map shrinks.</param>
/// <param name="expansion">How many times as many channels the depthwise convolutions have.</param>
/// <param name="repeats">How many units there are, before <paramref name="depthCoefficient"/>.</param>
/// <param name="before">How many units stand before the stage.</param>
/// <param name="widthCoefficient">What the channels are multiplied by, rounded to a multiple of 8.</param>
/// <param name="depthCoefficient">What the number of units of each stage is multiplied by, rounded up.</param>
/// <param name="dropConnect">The share of samples that a unit behind the last one of the network would drop.</param>
/// <param name="id">The number in the names: 1 for <c>block1a</c>, <c>block1b</c>.</param>
[Block<EfficientNetUnitAttribute>("divisible(filters * widthCoefficient, 8)", nameof(kernelSize), "i == 0 ? strides : 1", nameof(expansion), "dropConnect * (before + i) / (2 * ceil(depthCoefficient) + 2 * ceil(2 * depthCoefficient) + 2 * ceil(3 * depthCoefficient) + ceil(4 * depthCoefficient))", "block{id}{letter(i)}", Name = "", Repeat = "ceil(repeats * depthCoefficient)")]
public sealed class EfficientNetStageAttribute(int filters, int kernelSize, int strides, int expansion, int repeats, int before, double widthCoefficient, double depthCoefficient, double dropConnect, int id) : BlockAttribute;
