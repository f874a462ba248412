namespace NetGen.Tests.Training;

/// <summary>Noise with a seed of its own.</summary>
[Network]
[Input(40)]
[GaussianNoise(0.5, Seed = 3), Dropout(0.5, Seed = 3)]
[Dense(1)]
public partial class Noisy;

/// <summary>Noise that goes by the trainer's seed.</summary>
[Network]
[Input(40)]
[GaussianNoise(0.5), Dropout(0.5)]
[Dense(1)]
public partial class NoisyByTrainer;
