using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

public sealed class OptimizerCaseTests
{
    [Fact]
    public void Weights_after_each_step() => CaseTable.Check("optimizer", c =>
    {
        Optimizer optimizer = KerasOptimizers.Create(c.Value["optimizer"]);
        int checkedVariable = c.Value["checked_var"].AsInt();
        if (c.Name.Contains("overwrite_with_gradient", StringComparison.Ordinal) && checkedVariable == 0)
            throw new NotCoveredException("variables that take their gradient as value");
        KerasArray[] initial = [.. c.Value["initial"].Items().Select(variable => variable.AsArray())];
        int[] offsets = [.. initial.Select((_, i) => initial.Take(i).Sum(variable => variable.Length))];
        float[] weights = [.. initial.SelectMany(variable => variable.ToFloats())];
        UpdateRange[] variables = [.. initial.Select((variable, i) => new UpdateRange(offsets[i], variable.Length))];
        // Keras's test_weight_decay (optimizers/*_test.py) takes the step with three fresh optimizers in turn, and compares after the third; the
        // recorded steps are those of the first alone: 1.9760959 = 2 * 0.996^3.
        int optimizers = c.Name.Contains("test_weight_decay", StringComparison.Ordinal) ? 3 : 1;
        for (int i = 0; i < optimizers; i++)
        {
            OptimizerState state = new(optimizer, weights.Length, variables);
            foreach (KerasValue step in c.Value["steps"].Items())
            {
                float[] gradients = new float[weights.Length];
                foreach (KerasValue pair in step.Items())
                    pair["grad"].AsArray().ToFloats().CopyTo(gradients, offsets[pair["var"].AsInt()]);
                state.Step(weights, gradients);
            }
        }
        return KerasArray.FromFloats(weights.AsSpan(offsets[checkedVariable], initial[checkedVariable].Length), initial[checkedVariable].Shape);
    });

    [Fact]
    public void Clipping_and_counters() => CaseTable.Check("optimizer_other", c =>
    {
        if (c.Name.Contains("MultiOptimizerTest", StringComparison.Ordinal))
            throw new NotCoveredException("one optimizer per variable (MultiOptimizer)");
        Optimizer optimizer = KerasOptimizers.Create(c.Value);
        if (c.Checked == "attribute iterations")
            return CountSteps(optimizer, c.Ops);
        if (c.Ops is [{ Name: "_clip_gradients" } clip] && c.Checked == "result of last op at [0]")
            return Clip(optimizer, clip.Args[0].Items()[0].AsArray());
        throw new NotCoveredException($"{c.Checked} after {string.Join(", ", c.Ops.Select(op => op.Name).Distinct())}");
    });

    private static KerasArray CountSteps(Optimizer optimizer, IReadOnlyList<KerasOp> ops)
    {
        OptimizerState state = new(optimizer, 4, [new(0, 4)]);
        foreach (KerasOp op in ops)
        {
            if (op.Name != "apply_gradients")
                throw new NotCoveredException($"the optimizers' method {op.Name}");
            state.Step(new float[4], [1, 1, 1, 1]);
        }
        return KerasArray.FromScalar(state.Iterations);
    }

    /// <summary>With plain descent at a rate of 1 from 0, the weights become the clipped gradients with the other sign.</summary>
    private static KerasArray Clip(Optimizer optimizer, KerasArray gradients)
    {
        SGD plain = new(1) { ClipNorm = optimizer.ClipNorm, ClipValue = optimizer.ClipValue, GlobalClipNorm = optimizer.GlobalClipNorm };
        float[] weights = new float[gradients.Length];
        new OptimizerState(plain, weights.Length, [new(0, weights.Length)]).Step(weights, gradients.ToFloats());
        return KerasArray.FromFloats([.. weights.Select(w => -w)], gradients.Shape);
    }
}
