namespace NetGen.Samples;

/// <summary>The settings of a sample.</summary>
/// <param name="Epochs">How often each sample is shown.</param>
/// <param name="BatchSize">Samples of a step.</param>
/// <param name="LearningRate">The learning rate of Adam.</param>
/// <param name="Seed">Decides the start weights and the order of samples.</param>
/// <param name="Data">The folder of the data, or null for generated ones.</param>
/// <param name="Flag">The sample's own option.</param>
internal sealed record SampleOptions(int Epochs, int BatchSize, double LearningRate, ulong Seed = 1, string? Data = null, bool Flag = false);
