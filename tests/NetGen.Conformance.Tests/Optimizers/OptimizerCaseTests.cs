using System.Globalization;
using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

public sealed class OptimizerCaseTests
{
    [Fact]
    public void Weights_after_each_step() => CaseTable.Check("optimizer", c =>
    {
        int variable = c.Value["checked_var"].AsInt();
        RefuseOverwriting(c, variable);
        OptimizedVariables variables = new(c.Value["initial"].Items(), KerasOptimizers.Create(c.Value["optimizer"]));
        // Keras's test_weight_decay (optimizers/*_test.py) takes the step with three fresh optimizers in turn, and compares after the third; the
        // recorded steps are those of the first alone: 1.9760959 = 2 * 0.996^3.
        int optimizers = c.Name.Contains("test_weight_decay", StringComparison.Ordinal) ? 3 : 1;
        for (int i = 0; i < optimizers; i++)
        {
            variables.StartAnew(KerasOptimizers.Create(c.Value["optimizer"]));
            foreach (KerasValue step in c.Value["steps"].Items())
                variables.Step(step.Items().Select(pair => (pair["grad"], pair["var"].AsInt())));
        }
        return variables.Variable(variable);
    });

    [Fact]
    public void Clipping_counters_averages_and_blocks() => CaseTable.Check("optimizer_other", c =>
    {
        if (c.Name.Contains("MultiOptimizerTest", StringComparison.Ordinal))
            return MultiOptimizerCases.Evaluate(c);
        if (c.Name.Contains("test_ema_with_model_fit", StringComparison.Ordinal))
            return MultiOptimizerCases.FitWithAverages(c);
        Optimizer optimizer = KerasOptimizers.Create(c.Value);
        if (c.Ops is [{ } op] && c.Checked.StartsWith("result of last op", StringComparison.Ordinal))
            return Call(optimizer, op);
        return Attribute(c, optimizer);
    });

    /// <summary>Keras has variables for 8-bit arithmetic that take their gradients for values; here there is no such arithmetic.</summary>
    private static void RefuseOverwriting(KerasCase c, int variable)
    {
        if (c.Name.Contains("overwrite_with_gradient", StringComparison.Ordinal) && variable == 0)
            throw new NotCoveredException("variables that take their gradient as value");
    }

    private static KerasArray Call(Optimizer optimizer, KerasOp op)
    {
        switch (op.Name)
        {
            case "_clip_gradients":
                return Clip(optimizer, op.Args[0].Items()[0].AsArray());
            case "lr_adjust":
                KerasArray step = op.Args[0].AsArray();
                double factor = ((Muon)optimizer).RateFactor(step.Shape);
                return step with { Data = [.. step.Data.Select(x => x * factor)] };
            case "zeropower_via_newtonschulz5":
                KerasArray matrix = op.Args[0].AsArray();
                float[] values = matrix.ToFloats();
                new Muon { NsSteps = op.Args[1].AsInt() }.Orthogonalize(values, matrix.Shape[0], matrix.Shape[1], new float[Muon.OrthogonalScratch(matrix.Shape[0], matrix.Shape[1])]);
                return KerasArray.FromFloats(values, matrix.Shape);
            default:
                throw new NotCoveredException($"the optimizers' method {op.Name}");
        }
    }

    /// <summary>An attribute of the optimizer after the steps.</summary>
    private static KerasArray Attribute(KerasCase c, Optimizer optimizer)
    {
        OptimizedVariables? variables = null;
        foreach (KerasOp op in c.Ops)
        {
            if (op.Name != "apply_gradients")
                throw new NotCoveredException($"the optimizers' method {op.Name}");
            (KerasValue Gradient, KerasValue Variable)[] pairs = [.. op.Args[0].Items().Select(pair => (pair.Items()[0], pair.Items()[1]))];
            variables ??= new OptimizedVariables(pairs[0].Variable["initial"].Items(), optimizer);
            variables.Step(pairs.Select(pair => (pair.Gradient, pair.Variable["$optimized_var"].AsInt())));
        }
        OptimizerState state = variables?.State ?? new OptimizerState(optimizer, 16, [new UpdateRange(0, 16)]);
        string attribute = c.Checked["attribute ".Length..];
        switch (attribute)
        {
            case "iterations":
                return KerasArray.FromScalar(state.Iterations);
            case "_iterations":
                return KerasArray.FromScalar(state.Batches);
        }
        int bracket = attribute.IndexOf('[', StringComparison.Ordinal);
        int variable = int.Parse(attribute.AsSpan(bracket + 1).TrimEnd(']'), CultureInfo.InvariantCulture);
        RefuseOverwriting(c, variable);
        return attribute[..bracket] switch
        {
            "_accumulated_gradients" => variables!.Slot("gradient_accumulator", variable),
            "_model_variables_moving_average" => variables!.Slot("average", variable),
            _ => throw new NotCoveredException($"the optimizers' attribute {attribute}"),
        };
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
