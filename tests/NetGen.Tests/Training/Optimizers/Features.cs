namespace NetGen.Tests.Training;

/// <summary>What every optimizer has beside its own rule, and all optimizers with it.</summary>
public sealed record Features(bool Ema = false, int? Frequency = null, int? Accumulation = null, double? Scale = null)
{
    internal static readonly (string Name, Func<Features, Optimizer> Create)[] Optimizers =
    [
        ("SGD", f => new SGD(0.05) { Momentum = 0.9, UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Adam", f => new Adam(0.01) { AmsGrad = true, GlobalClipNorm = 1, UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("AdamW", f => new AdamW(0.01) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("RMSprop", f => new RMSprop(0.01) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Adamax", f => new Adamax(0.01) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Nadam", f => new Nadam(0.01) { ClipNorm = 1, UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Adagrad", f => new Adagrad(0.05) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Adadelta", f => new Adadelta(1.0) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Lion", f => new Lion(new ExponentialDecay(0.002, 5, 0.9)) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Ftrl", f => new Ftrl(0.05) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Lamb", f => new Lamb(0.01) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Adafactor", f => new Adafactor(0.05) { UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("Muon", f => new Muon(0.01) { ExcludeLayers = ["dense_2"], UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
        ("ScheduleFreeAdamW", f => new ScheduleFreeAdamW(0.01) { WarmupSteps = 4, UseEma = f.Ema, EmaOverwriteFrequency = f.Frequency, GradientAccumulationSteps = f.Accumulation, LossScaleFactor = f.Scale }),
    ];

    public static TheoryData<string> Names => [.. Optimizers.Select(row => row.Name)];

    internal static Optimizer Create(string name, Features features) => Optimizers.Single(row => row.Name == name).Create(features);

    /// <summary>The bits of all weights of a network.</summary>
    internal static int[] Bits(Network network) => [.. network.Parameters.SelectMany(p => network.GetWeights(p.Name)).Select(BitConverter.SingleToInt32Bits)];

    /// <summary>The bits of all slots of a trainer's optimizers.</summary>
    internal static int[] SlotBits(Trainer trainer)
    {
        List<int> bits = [];
        foreach (OptimizerSlot slot in trainer.Groups.SelectMany(group => group.State.Slots))
        {
            foreach (ParameterInfo part in slot.Layout)
            {
                float[] values = new float[part.Count];
                part.Unpack(slot.Values, values);
                bits.AddRange(values.Select(BitConverter.SingleToInt32Bits));
            }
        }

        return [.. bits];
    }
}
