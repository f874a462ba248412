namespace NetGen.Tests;

/// <summary>Weights, gradients of several steps, and an optimizer that runs over them.</summary>
internal static class OptimizerRun
{
    /// <summary>All optimizers with settings that reach each of their branches, beside their references.</summary>
    internal static readonly (string Name, Func<LearningRate, Optimizer> Create, OptimizerReference.Rule Rule)[] All =
    [
        ("SGD", rate => new SGD(rate), OptimizerReference.SGD()),
        ("SGD with decay", rate => new SGD(rate) { WeightDecay = 0.3 }, OptimizerReference.SGD(decay: 0.3)),
        ("SGD with momentum", rate => new SGD(rate) { Momentum = 0.9 }, OptimizerReference.SGD(0.9)),
        ("SGD, Nesterov", rate => new SGD(rate) { Momentum = 0.8, Nesterov = true, WeightDecay = 0.1 }, OptimizerReference.SGD(0.8, true, 0.1)),
        ("SGD, Nesterov without momentum", rate => new SGD(rate) { Nesterov = true }, OptimizerReference.SGD(0, true)),
        ("Adam", rate => new Adam(rate), OptimizerReference.Adam()),
        ("Adam with settings", rate => new Adam(rate) { Beta1 = 0.7, Beta2 = 0.95, Epsilon = 0.01, WeightDecay = 0.2 }, OptimizerReference.Adam(0.7, 0.95, 0.01, decay: 0.2)),
        ("AMSGrad", rate => new Adam(rate) { AmsGrad = true, Beta2 = 0.9 }, OptimizerReference.Adam(beta2: 0.9, amsGrad: true)),
        ("AdamW", rate => new AdamW(rate), OptimizerReference.Adam(decay: 0.004)),
        ("AdamW with decay", rate => new AdamW(rate) { WeightDecay = 0.5, AmsGrad = true }, OptimizerReference.Adam(amsGrad: true, decay: 0.5)),
        ("RMSprop", rate => new RMSprop(rate), OptimizerReference.RMSprop()),
        ("RMSprop with momentum", rate => new RMSprop(rate) { Momentum = 0.9, Rho = 0.8, WeightDecay = 0.1 }, OptimizerReference.RMSprop(0.8, 0.9, decay: 0.1)),
        ("RMSprop, centered", rate => new RMSprop(rate) { Centered = true, Epsilon = 1e-3 }, OptimizerReference.RMSprop(epsilon: 1e-3, centered: true)),
        ("RMSprop, centered with momentum", rate => new RMSprop(rate) { Centered = true, Momentum = 0.5, Epsilon = 1e-3 }, OptimizerReference.RMSprop(momentum: 0.5, epsilon: 1e-3, centered: true)),
    ];

    internal static readonly TheoryData<string> Names = [.. All.Select(row => row.Name)];

    internal static (string Name, Func<LearningRate, Optimizer> Create, OptimizerReference.Rule Rule) Find(string name) => All.Single(row => row.Name == name);

    /// <summary>Numbers in [-1, 1).</summary>
    internal static float[] Random(int length, ulong seed)
    {
        float[] values = new float[length];
        Philox.FillUniform(values, seed, 0, 0);
        return [.. values.Select(x => (2 * x) - 1)];
    }

    internal static OptimizerState State(Optimizer optimizer, int length) => new(optimizer, length, [new UpdateRange(0, length)]);
}
