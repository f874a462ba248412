namespace NetGen;

/// <summary>Which sample a <see cref="SampleMap"/> is asked for. Random augmentation derives its numbers from both, so that they
/// repeat.</summary>
/// <param name="Index">The sample's position in the arrays or files that the data set was made from; shuffling and splitting do not change
/// it.</param>
/// <param name="Epoch">The epoch, from 0.</param>
public readonly record struct SampleId(int Index, int Epoch);
