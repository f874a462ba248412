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
        ("Adamax", rate => new Adamax(rate), OptimizerReference.Adamax()),
        ("Adamax with settings", rate => new Adamax(rate) { Beta1 = 0.7, Beta2 = 0.9, Epsilon = 0.01, WeightDecay = 0.2 }, OptimizerReference.Adamax(0.7, 0.9, 0.01, 0.2)),
        ("Nadam", rate => new Nadam(rate), OptimizerReference.Nadam()),
        ("Nadam with settings", rate => new Nadam(rate) { Beta1 = 0.6, Beta2 = 0.9, Epsilon = 0.01, WeightDecay = 0.2 }, OptimizerReference.Nadam(0.6, 0.9, 0.01, 0.2)),
        ("Adagrad", rate => new Adagrad(rate), OptimizerReference.Adagrad()),
        ("Adagrad with settings", rate => new Adagrad(rate) { InitialAccumulatorValue = 0.5, Epsilon = 0.01, WeightDecay = 0.2 }, OptimizerReference.Adagrad(0.5, 0.01, 0.2)),
        ("Adadelta", rate => new Adadelta(rate), OptimizerReference.Adadelta()),
        ("Adadelta with settings", rate => new Adadelta(rate) { Rho = 0.8, Epsilon = 0.01, WeightDecay = 0.2 }, OptimizerReference.Adadelta(0.8, 0.01, 0.2)),
        ("Lion", rate => new Lion(rate), OptimizerReference.Lion()),
        ("Lion with settings", rate => new Lion(rate) { Beta1 = 0.6, Beta2 = 0.8, WeightDecay = 0.2 }, OptimizerReference.Lion(0.6, 0.8, 0.2)),
        ("Ftrl", rate => new Ftrl(rate), OptimizerReference.Ftrl()),
        ("Ftrl with penalties", rate => new Ftrl(rate) { L1RegularizationStrength = 0.2, L2RegularizationStrength = 0.3, L2ShrinkageRegularizationStrength = 0.1, Beta = 0.4, WeightDecay = 0.1 }, OptimizerReference.Ftrl(l1: 0.2, l2: 0.3, shrinkage: 0.1, beta: 0.4, decay: 0.1)),
        ("Ftrl with another power", rate => new Ftrl(rate) { LearningRatePower = -0.3, InitialAccumulatorValue = 0.5 }, OptimizerReference.Ftrl(power: -0.3, start: 0.5)),
        ("Ftrl at a constant rate", rate => new Ftrl(rate) { LearningRatePower = 0, L2RegularizationStrength = 0.1 }, OptimizerReference.Ftrl(power: 0, l2: 0.1)),
        ("ScheduleFreeAdamW", rate => new ScheduleFreeAdamW(rate), OptimizerReference.ScheduleFreeAdamW()),
        ("ScheduleFreeAdamW with settings", rate => new ScheduleFreeAdamW(rate) { Beta1 = 0.8, Beta2 = 0.9, Epsilon = 0.01, WarmupSteps = 7, WeightDecay = 0.2 }, OptimizerReference.ScheduleFreeAdamW(0.8, 0.9, 0.01, 7, 0.2)),
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
