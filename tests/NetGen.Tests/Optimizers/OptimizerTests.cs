using CsCheck;

namespace NetGen.Tests;

public sealed class OptimizerTests
{
    private const int Steps = 25;

    public static TheoryData<string> Names => OptimizerRun.Names;

    private static readonly Gen<(int Length, ulong Seed)> Tensors = Gen.Select(Gen.OneOf(Gen.Int[1, 50], Gen.Const(1), Gen.Const(16), Gen.Int[1, 1000]), Gen.ULong);

    [Theory, MemberData(nameof(Names))]
    public void Follows_its_definition_in_double(string name) => Tensors.Sample(tensor =>
    {
        Schedule rate = new InverseTimeDecay(0.05, 10, 1);
        var (_, create, rule) = OptimizerRun.Find(name);
        float[] weights = OptimizerRun.Random(tensor.Length, tensor.Seed), first = [.. weights];
        OptimizerState state = OptimizerRun.State(create(rate), tensor.Length);
        float[][] gradients = [.. Enumerable.Range(1, Steps).Select(t => OptimizerRun.Random(tensor.Length, tensor.Seed + (ulong)t))];
        foreach (float[] gradient in gradients)
            state.Step(weights, gradient);
        for (int i = 0; i < Math.Min(tensor.Length, 70); i++)
        {
            int place = tensor.Length - 1 - i;
            double expected = rule(first[place], [.. gradients.Select(g => (double)g[place])], rate.At);
            Assert.Equal(expected, weights[place], 5e-6 * Math.Max(1, Math.Abs(expected)));
        }
        Assert.Equal(Steps, state.Iterations);
    }, iter: 30);

    [Theory, MemberData(nameof(Names))]
    public void Splitting_a_range_anywhere_gives_the_same_bits(string name) =>
        Gen.Select(Tensors, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((tensor, cut0, cut1) =>
        {
            Optimizer optimizer = OptimizerRun.Find(name).Create(0.01);
            int a = (int)(Math.Min(cut0, cut1) * tensor.Length), b = (int)(Math.Max(cut0, cut1) * tensor.Length);
            (float[] whole, NativeBuffer[] wholeSlots) = Run([(0, tensor.Length)]);
            (float[] parts, NativeBuffer[] partSlots) = Run([(b, tensor.Length - b), (0, a), (a, b - a)]);
            AssertSameBits(whole, parts);
            for (int slot = 0; slot < wholeSlots.Length; slot++)
                AssertSameBits(wholeSlots[slot].Slice(0, tensor.Length), partSlots[slot].Slice(0, tensor.Length));
            GC.KeepAlive((wholeSlots, partSlots));

            (float[], NativeBuffer[]) Run((int Offset, int Length)[] ranges)
            {
                float[] weights = OptimizerRun.Random(tensor.Length, tensor.Seed);
                NativeBuffer[] slots = [.. optimizer.SlotNames.Select(_ => new NativeBuffer(tensor.Length))];
                for (int t = 0; t < 3; t++)
                {
                    float[] gradient = OptimizerRun.Random(tensor.Length, tensor.Seed + 1 + (ulong)t);
                    UpdateContext context = new(0.01, optimizer.StepFactor(t), t, 0.7, 0.5, 0.999);
                    foreach ((int offset, int length) in ranges)
                        optimizer.Update(context, weights.AsSpan(offset, length), gradient.AsSpan(offset, length), new SlotRanges(slots, offset, length));
                }
                GC.KeepAlive(slots);
                return (weights, slots);
            }
        }, iter: 100);

    [Theory, MemberData(nameof(Names))]
    public void Padding_stays_zero_and_changes_nothing_else(string name) => Gen.Select(Tensors, Gen.ULong).Sample((tensor, pattern) =>
    {
        Optimizer optimizer = OptimizerRun.Find(name).Create(0.1);
        float[] weights = OptimizerRun.Random(tensor.Length, tensor.Seed), plain = [.. weights];
        bool[] padding = [.. OptimizerRun.Random(tensor.Length, pattern).Select(x => x < 0)];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = padding[i] ? 0 : weights[i];
        OptimizerState padded = OptimizerRun.State(optimizer, tensor.Length), unpadded = OptimizerRun.State(optimizer, tensor.Length);
        for (int t = 1; t <= 5; t++)
        {
            float[] gradient = OptimizerRun.Random(tensor.Length, tensor.Seed + (ulong)t);
            unpadded.Step(plain, gradient);
            padded.Step(weights, [.. gradient.Select((g, i) => padding[i] ? 0 : g)]);
        }
        for (int i = 0; i < weights.Length; i++)
            Assert.Equal(padding[i] ? 0 : plain[i], weights[i]);
    }, iter: 50);

    [Theory, MemberData(nameof(Names))]
    public void A_step_does_not_allocate(string name)
    {
        const int Length = 20_000;
        float[] weights = OptimizerRun.Random(Length, 1), gradients = OptimizerRun.Random(Length, 2);
        OptimizerState state = OptimizerRun.State(OptimizerRun.Find(name).Create(0.1), Length);
        Assert.Equal(0, Allocations.Of(() => state.Step(weights, gradients)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Slots_of_a_gradient_that_has_died_end_at_zero(string name)
    {
        float[] weights = OptimizerRun.Random(37, 1);
        OptimizerState state = OptimizerRun.State(OptimizerRun.Find(name).Create(0.1), 37);
        state.Step(weights, [.. OptimizerRun.Random(37, 2).Select(g => g * 1e-15f)]);
        bool decays = state.Slots.Count > 0;
        for (int t = 0; t < 200_000 && decays; t++)
        {
            state.Step(weights, new float[37]);
            decays = Enumerable.Range(0, state.Slots.Count).Any(i => !Stays(state, i) && state.Slots[i].Values.ContainsAnyExcept(0f));
            for (int i = 0; i < state.Slots.Count; i++)
                Assert.DoesNotContain(state.Slots[i].Values.ToArray(), float.IsSubnormal);
        }
        Assert.False(decays);
    }

    /// <summary>Whether a slot is no mean that forgets: a maximum, a sum, or a copy of the weights.</summary>
    private static bool Stays(OptimizerState state, int slot) =>
        state.Slots[slot].Name is "velocity_hat" or "accumulator" or "linear" || state.Optimizer.SlotStartOf(slot).IsWeights;

    [Theory, MemberData(nameof(Names))]
    public void A_gradient_that_is_not_a_number_shows_in_the_weight(string name)
    {
        float[] weights = [1, 1, 1], gradients = [0.5f, float.NaN, 0.5f];
        OptimizerRun.State(OptimizerRun.Find(name).Create(0.1), 3).Step(weights, gradients);
        Assert.Equal([false, true, false], weights.Select(float.IsNaN));
    }

    [Fact]
    public void Defaults_are_those_of_Keras()
    {
        Assert.Equal(0.01, new SGD().LearningRate.At(0));
        Assert.Equal(0.001, new Adam().LearningRate.At(0));
        Assert.Equal(0.001, new AdamW().LearningRate.At(0));
        Assert.Equal(0.001, new RMSprop().LearningRate.At(0));
        Assert.Equal((0.9, 0.999, 1e-7), (new Adam().Beta1, new Adam().Beta2, new Adam().Epsilon));
        Assert.Equal((0.9, 0.0, 1e-7), (new RMSprop().Rho, new RMSprop().Momentum, new RMSprop().Epsilon));
        Assert.Equal((null, 0.004), (new Adam().WeightDecay, new AdamW().WeightDecay));
        Optimizer[] others = [new Adamax(), new Nadam(), new Adagrad(), new Adadelta(), new Lion(), new Ftrl(), new Lamb(), new Adafactor(), new Muon()];
        Assert.All(others, optimizer => Assert.Equal((0.001, optimizer is Muon ? 0.004 : null), (optimizer.LearningRate.At(0), optimizer.WeightDecay)));
        Assert.Equal((0.9, 0.999, 1e-7), (new Adamax().Beta1, new Adamax().Beta2, new Adamax().Epsilon));
        Assert.Equal((0.9, 0.999, 1e-7), (new Nadam().Beta1, new Nadam().Beta2, new Nadam().Epsilon));
        Assert.Equal((0.9, 0.999, 1e-7), (new Lamb().Beta1, new Lamb().Beta2, new Lamb().Epsilon));
        Assert.Equal((0.1, 1e-7), (new Adagrad().InitialAccumulatorValue, new Adagrad().Epsilon));
        Assert.Equal((0.95, 1e-7), (new Adadelta().Rho, new Adadelta().Epsilon));
        Assert.Equal((0.9, 0.99), (new Lion().Beta1, new Lion().Beta2));
        Ftrl ftrl = new();
        Assert.Equal((-0.5, 0.1, 0.0, 0.0, 0.0, 0.0), (ftrl.LearningRatePower, ftrl.InitialAccumulatorValue, ftrl.L1RegularizationStrength, ftrl.L2RegularizationStrength, ftrl.L2ShrinkageRegularizationStrength, ftrl.Beta));
        Adafactor factored = new();
        Assert.Equal((-0.8, 1e-30, 1e-3, 1.0, true), (factored.Beta2Decay, factored.Epsilon1, factored.Epsilon2, factored.ClipThreshold, factored.RelativeStep));
        Muon muon = new();
        Assert.Equal((0.9, 0.999, 0.004, 1e-7, 1.0), (muon.AdamBeta1, muon.AdamBeta2, muon.AdamWeightDecay, muon.Epsilon, muon.AdamLearningRateRatio));
        Assert.Equal((3.4445, -4.775, 2.0315, 0.95, 5, true, 0.2), (muon.MuonA, muon.MuonB, muon.MuonC, muon.Momentum, muon.NsSteps, muon.Nesterov, muon.RmsRate));
        Assert.Equal((true, 0), (muon.ExcludeEmbeddings, muon.ExcludeLayers.Count));
        ScheduleFreeAdamW free = new();
        Assert.Equal((0.0025, 0.9, 0.999, 1e-8, 0), (free.LearningRate.At(0), free.Beta1, free.Beta2, free.Epsilon, free.WarmupSteps));
        Assert.Equal((false, 0.99, null, null, null), (free.UseEma, free.EmaMomentum, free.EmaOverwriteFrequency, free.GradientAccumulationSteps, free.LossScaleFactor));
    }

    [Fact]
    public void Slots_have_the_names_of_Keras()
    {
        Assert.Empty(new SGD().SlotNames);
        Assert.Equal(["momentum"], new SGD { Momentum = 0.1 }.SlotNames);
        Assert.Equal(["momentum", "velocity"], new Adam().SlotNames);
        Assert.Equal(["momentum", "velocity", "velocity_hat"], new AdamW { AmsGrad = true }.SlotNames);
        Assert.Equal(["velocity"], new RMSprop().SlotNames);
        Assert.Equal(["velocity", "momentum", "average_gradient"], new RMSprop { Momentum = 0.1, Centered = true }.SlotNames);
    }

    [Theory]
    [InlineData(double.NaN), InlineData(-0.1), InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_negative_or_not_finite_is_refused(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(rate));
        Assert.Equal(("learningRate", rate), (error.ParamName, error.ActualValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD((float)rate));
    }

    [Fact]
    public void Arguments_outside_their_range_are_refused()
    {
        Refuses("Momentum", () => new SGD { Momentum = 1.1 });
        Refuses("Momentum", () => new SGD { Momentum = double.NaN });
        Refuses("Momentum", () => new RMSprop { Momentum = -1 });
        Refuses("Beta1", () => new Adam { Beta1 = 1 });
        Refuses("Beta2", () => new Adam { Beta2 = -0.1 });
        Refuses("Epsilon", () => new Adam { Epsilon = 1e-60 });
        Refuses("Epsilon", () => new RMSprop { Epsilon = 0 });
        Refuses("Rho", () => new RMSprop { Rho = double.NaN });
        Refuses("WeightDecay", () => new SGD { WeightDecay = -1 });
        Refuses("ClipNorm", () => new SGD { ClipNorm = 0 });
        Refuses("ClipValue", () => new SGD { ClipValue = double.NaN });
        Refuses("GlobalClipNorm", () => new SGD { GlobalClipNorm = -1 });
        Refuses("EmaMomentum", () => new SGD { EmaMomentum = 1.01 });
        Refuses("EmaMomentum", () => new SGD { EmaMomentum = -0.01 });
        Refuses("EmaOverwriteFrequency", () => new SGD { EmaOverwriteFrequency = 0 });
        Refuses("GradientAccumulationSteps", () => new SGD { GradientAccumulationSteps = 1 });
        Refuses("LossScaleFactor", () => new SGD { LossScaleFactor = 0 });
        Refuses("LossScaleFactor", () => new SGD { LossScaleFactor = 1e60 });
        Refuses("Beta1", () => new Adamax { Beta1 = 1 });
        Refuses("Beta2", () => new Nadam { Beta2 = 1 });
        Refuses("InitialAccumulatorValue", () => new Adagrad { InitialAccumulatorValue = -0.1 });
        Refuses("Rho", () => new Adadelta { Rho = 1 });
        Refuses("Beta1", () => new Lion { Beta1 = 0 });
        Refuses("Beta1", () => new Lion { Beta1 = 1.1 });
        Refuses("LearningRatePower", () => new Ftrl { LearningRatePower = 0.1 });
        Refuses("InitialAccumulatorValue", () => new Ftrl { InitialAccumulatorValue = -1 });
        Refuses("L1RegularizationStrength", () => new Ftrl { L1RegularizationStrength = -1 });
        Refuses("L2RegularizationStrength", () => new Ftrl { L2RegularizationStrength = double.NaN });
        Refuses("L2ShrinkageRegularizationStrength", () => new Ftrl { L2ShrinkageRegularizationStrength = -1 });
        Refuses("Beta", () => new Ftrl { Beta = -1 });
        Refuses("Epsilon", () => new Lamb { Epsilon = 0 });
        Refuses("Beta2Decay", () => new Adafactor { Beta2Decay = 0.1 });
        Refuses("Epsilon1", () => new Adafactor { Epsilon1 = 1e-50 });
        Refuses("Epsilon2", () => new Adafactor { Epsilon2 = 0 });
        Refuses("ClipThreshold", () => new Adafactor { ClipThreshold = 0 });
        Refuses("Momentum", () => new Muon { Momentum = 1.5 });
        Refuses("MuonB", () => new Muon { MuonB = double.NaN });
        Refuses("RmsRate", () => new Muon { RmsRate = 0 });
        Refuses("AdamWeightDecay", () => new Muon { AdamWeightDecay = -1 });
        Refuses("AdamLearningRateRatio", () => new Muon { AdamLearningRateRatio = -1 });
        Refuses("Beta1", () => new ScheduleFreeAdamW { Beta1 = 0 });
        Refuses("Beta1", () => new ScheduleFreeAdamW { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleFreeAdamW { WarmupSteps = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Muon { NsSteps = -1 });
        ArgumentException pattern = Assert.Throws<ArgumentException>(() => new Muon { ExcludeLayers = ["("] });
        Assert.Equal("ExcludeLayers", pattern.ParamName);
        Assert.StartsWith("\"(\" is no regular expression: ", pattern.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new AdamW { WeightDecay = null });
        Assert.Throws<ArgumentException>(() => new SGD { ExcludeFromWeightDecay = ["bias", ""] });

        static void Refuses(string name, Func<Optimizer> create)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => create());
            Assert.Equal(name, error.ParamName);
            Assert.Contains("expected", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_one_kind_of_clipping_can_be_set()
    {
        Assert.Throws<ArgumentException>(() => new SGD { ClipNorm = 1, ClipValue = 1 });
        Assert.Throws<ArgumentException>(() => new SGD { ClipValue = 1, GlobalClipNorm = 1 });
        Assert.Throws<ArgumentException>(() => new SGD { GlobalClipNorm = 1, ClipNorm = 1 });
    }

    [Fact]
    public void Variables_are_excluded_from_decay_by_a_part_of_their_names()
    {
        SGD optimizer = new() { WeightDecay = 0.1, ExcludeFromWeightDecay = ["bias", "normalization/"] };
        Assert.True(optimizer.Decays("dense/kernel"));
        Assert.False(optimizer.Decays("dense/bias"));
        Assert.False(optimizer.Decays("batch_normalization/gamma"));
        Assert.True(optimizer.Decays("Bias"));
        Assert.False(new SGD().Decays("dense/kernel"));
    }

    [Fact]
    public void A_constant_gradient_does_not_break_the_centered_variance()
    {
        float[] weights = new float[19], gradients = [.. Enumerable.Range(0, 19).Select(i => 1e3f * (i + 1))];
        OptimizerState state = OptimizerRun.State(new RMSprop { Centered = true }, 19);
        for (int i = 0; i < 500; i++)
            state.Step(weights, gradients);
        Assert.All(weights, w => Assert.True(float.IsFinite(w)));
    }

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        => Assert.Equal(expected.ToArray().Select(BitConverter.SingleToInt32Bits), actual.ToArray().Select(BitConverter.SingleToInt32Bits));
}
