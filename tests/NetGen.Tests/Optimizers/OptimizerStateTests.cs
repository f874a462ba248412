using CsCheck;

namespace NetGen.Tests;

public sealed class OptimizerStateTests
{
    [Fact]
    public void Blocks_and_parts_in_any_order_give_the_bits_of_a_plain_step() => Gen.Select(Gen.Int[1, 40_000], Gen.Int[1, 40_000], Gen.Int[1, 5], Gen.ULong).Sample((length0, length1, parts, seed) =>
    {
        int length = length0 + length1;
        UpdateRange[] variables = [new(0, length0), new(length0, length1, Decays: false)];
        foreach (Optimizer optimizer in new Optimizer[] { new Adam { GlobalClipNorm = 2 }, new SGD { ClipNorm = 1, WeightDecay = 0.1 }, new RMSprop { ClipValue = 0.3 } })
        {
            float[] forward = OptimizerRun.Random(length, seed), backward = [.. forward];
            OptimizerState state0 = new(optimizer, length, variables), state1 = new(optimizer, length, variables);
            for (ulong t = 1; t <= 3; t++)
            {
                float[] gradients = OptimizerRun.Random(length, seed + t);
                state0.Step(forward, gradients);
                for (int i = state1.BlockCount - 1; i >= 0 && state1.NeedsNorm; i--)
                    state1.MeasureBlock(i, gradients);
                state1.BeginStep(backward);
                for (int part = parts - 1; part >= 0; part--)
                    state1.Update(part, parts, backward, gradients);
                state1.EndStep();
            }
            Assert.Equal(forward, backward);
            for (int i = 0; i < state0.Slots.Count; i++)
                Assert.Equal(state0.Slots[i].Values.ToArray(), state1.Slots[i].Values.ToArray());
            GC.KeepAlive((state0, state1));
        }
    }, iter: 20);

    [Fact]
    public void The_norm_of_each_variable_is_clipped()
    {
        float[] weights = new float[7], gradients = [3, 4, 0.3f, 0.4f, 0, 0, 0];
        OptimizerState state = new(new SGD(1) { ClipNorm = 1 }, 7, [new(0, 2), new(2, 2), new(4, 3)]);
        state.Step(weights, gradients);
        AssertNear([-0.6, -0.8, -0.3, -0.4, 0, 0, 0], weights);
    }

    [Fact]
    public void The_common_norm_of_trainable_variables_is_clipped()
    {
        float[] weights = new float[5], gradients = [3, 0, 100, 0, 4];
        OptimizerState state = new(new SGD(1) { GlobalClipNorm = 1 }, 5, [new(0, 2), new(2, 1, Trainable: false), new(3, 2)]);
        state.Step(weights, gradients);
        AssertNear([-0.6, 0, 0, 0, -0.8], weights);
        Array.Clear(weights);
        gradients[0] = float.PositiveInfinity;
        state.Step(weights, gradients);
        Assert.Equal([true, true, false, true, true], weights.Select(float.IsNaN));
    }

    [Fact]
    public void Values_are_clipped()
    {
        float[] weights = new float[35], gradients = [.. Enumerable.Range(-17, 35).Select(i => (float)i)];
        OptimizerRun.State(new SGD(1) { ClipValue = 2.5 }, 35).Step(weights, gradients);
        AssertNear([.. gradients.Select(g => -Math.Clamp(g, -2.5, 2.5))], weights);
    }

    [Fact]
    public void Frozen_variables_and_gaps_do_not_move()
    {
        float[] weights = [1, 1, 1, 1, 1, 1], gradients = [1, 1, 1, 1, 1, 1];
        OptimizerState state = new(new Adam(0.1) { WeightDecay = 1 }, 6, [new(0, 1), new(2, 2, Trainable: false), new(5, 1)]);
        state.Step(weights, gradients);
        Assert.Equal([false, true, true, true, true, false], weights.Select(w => w == 1));
        Assert.Equal([false, true, true, true, true, false], state.Slots[0].Values.ToArray().Select(m => m == 0));
        state.SetVariables([new(0, 1, Trainable: false), new(2, 2), new(5, 1)]);
        float[] before = [.. weights];
        state.Step(weights, gradients);
        Assert.Equal([true, true, false, false, true, false], weights.Zip(before, (a, b) => a == b));
    }

    [Fact]
    public void A_scaled_learning_rate_is_as_good_as_another_one()
    {
        float[] scaled = OptimizerRun.Random(100, 1), plain = [.. scaled], gradients = OptimizerRun.Random(100, 2);
        new OptimizerState(new AdamW(0.1), 100, [new(0, 100, LearningRateScale: 0.5)]).Step(scaled, gradients);
        OptimizerRun.State(new AdamW(0.05), 100).Step(plain, gradients);
        Assert.Equal(plain, scaled);
    }

    [Fact]
    public void Excluded_variables_do_not_decay()
    {
        float[] weights = [2, 2], gradients = [0, 0];
        new OptimizerState(new SGD(0.5) { WeightDecay = 0.5 }, 2, [new(0, 1), new(1, 1, Decays: false)]).Step(weights, gradients);
        Assert.Equal([1.5f, 2f], weights);
    }

    [Fact]
    public void The_learning_rate_can_be_set_unless_it_follows_a_schedule()
    {
        float[] weights = [0], gradients = [1];
        OptimizerState state = OptimizerRun.State(new SGD(1), 1);
        state.LearningRate = 0.25;
        state.Step(weights, gradients);
        Assert.Equal((-0.25f, 0.25), (weights[0], state.LearningRate));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.LearningRate = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.LearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => state.Batches = -1);
        var error = Assert.Throws<InvalidOperationException>(() => OptimizerRun.State(new SGD(new CosineDecay(1, 10)), 1).LearningRate = 1);
        Assert.Contains("CosineDecay", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_counts_finished_steps_and_may_reach_zero_but_not_less()
    {
        float[] weights = [0], gradients = [1];
        OptimizerState state = OptimizerRun.State(new SGD(new PiecewiseConstantDecay([0, 1], [1, 2, 0])), 1);
        float[] after = new float[3];
        for (int t = 0; t < 3; t++)
        {
            state.Step(weights, gradients);
            after[t] = weights[0];
        }
        Assert.Equal([-1f, -3f, -3f], after);
        var error = Assert.Throws<InvalidOperationException>(() => OptimizerRun.State(new SGD(new NotANumber()), 1).Step(weights, gradients));
        Assert.Contains("NotANumber gives a learning rate of NaN at step 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Restored_state_goes_on_with_the_same_bits()
    {
        float[] weights = OptimizerRun.Random(33, 1), restored;
        OptimizerState state = OptimizerRun.State(new Adam(), 33), copy = OptimizerRun.State(new Adam(), 33);
        state.LearningRate = 0.02;
        for (ulong t = 2; t < 5; t++)
            state.Step(weights, OptimizerRun.Random(33, t));
        restored = [.. weights];
        (copy.Batches, copy.LearningRate) = (state.Batches, state.LearningRate);
        for (int i = 0; i < state.Slots.Count; i++)
            state.Slots[i].Values.CopyTo(copy.Slots[i].Values);
        float[] gradients = OptimizerRun.Random(33, 9);
        state.Step(weights, gradients);
        copy.Step(restored, gradients);
        Assert.Equal(weights, restored);
    }

    [Fact]
    public void Ranges_that_overlap_or_leave_the_buffer_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new OptimizerState(new SGD(), 4, [new(0, 3), new(2, 2)]));
        Assert.Throws<ArgumentException>(() => new OptimizerState(new SGD(), 4, [new(2, 3)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerState(new SGD(), 4, [new(0, 3, LearningRateScale: double.NaN)]));
    }

    private static void AssertNear(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-6);
    }

    private sealed class NotANumber : Schedule
    {
        public override double At(long step) => double.NaN;
    }
}
