using CsCheck;

namespace NetGen.Tests;

public sealed class ConstraintTests
{
    private static readonly Gen<(int[] Shape, int[] Axes, ulong Seed)> Tensors =
        from shape in Gen.Int[1, 6].Array[1, 4]
        from axes in Gen.Int[-shape.Length, shape.Length - 1].Array[0, shape.Length]
        from seed in Gen.ULong
        select (shape, axes, seed);

    [Fact]
    public void Norms_along_any_axes_are_brought_into_range() => Tensors.Sample(tensor =>
    {
        foreach ((Constraint constraint, Func<double, double> desired) in new (Constraint, Func<double, double>)[]
        {
            (new UnitNorm(tensor.Axes), _ => 1),
            (new MaxNorm(0.8, tensor.Axes), norm => Math.Min(norm, 0.8)),
            (new MinMaxNorm(0.9, 1.1, 1, tensor.Axes), norm => Math.Clamp(norm, 0.9, 1.1)),
            (new MinMaxNorm(0.9, 1.1, 0.25, tensor.Axes), norm => (0.25 * Math.Clamp(norm, 0.9, 1.1)) + (0.75 * norm)),
        })
        {
            float[] weights = OptimizerRun.Random(tensor.Shape.Aggregate(1, (a, b) => a * b), tensor.Seed), before = [.. weights];
            constraint.Apply(weights, tensor.Shape);
            // A group: all elements whose indices agree on the other axes.
            foreach (var group in Enumerable.Range(0, weights.Length).GroupBy(i => Place(i, tensor.Shape, tensor.Axes)))
            {
                double norm = Math.Sqrt(group.Sum(i => (double)before[i] * before[i]));
                foreach (int i in group)
                    Assert.Equal(before[i] * desired(norm) / (1e-7 + norm), weights[i], 1e-6);
            }
            Assert.False(constraint.IsElementwise);
        }
    }, iter: 200);

    [Fact]
    public void The_default_axis_is_that_of_a_units_inputs()
    {
        float[] weights = [3, 0.6f, 4, 0.8f];
        new MaxNorm().Apply(weights, [2, 2]);
        Assert.Equal([1.2f, 0.6f, 1.6f, 0.8f], weights.Select(w => MathF.Round(w, 5)));
        new UnitNorm(axis: -1).Apply(weights, [2, 2]);
        Assert.Equal(1, Math.Sqrt((weights[0] * weights[0]) + (weights[1] * weights[1])), 1e-5);
        weights = [0, 0];
        new MinMaxNorm(0.5).Apply(weights, [2]);
        Assert.Equal([0, 0], weights);
    }

    [Fact]
    public void Negative_weights_become_zero() => Gen.Select(Gen.Int[0, 100], Gen.ULong).Sample((length, seed) =>
    {
        float[] weights = OptimizerRun.Random(length, seed), before = [.. weights];
        NonNeg constraint = new();
        constraint.Apply(weights, [length]);
        Assert.Equal(before.Select(w => Math.Max(w, 0)), weights);
        Assert.True(constraint.IsElementwise);
    });

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] weights = OptimizerRun.Random(300, 1);
        int[] shape = [20, 15];
        Constraint[] constraints = [new MaxNorm(), new UnitNorm(1), new MinMaxNorm(), new NonNeg()];
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (Constraint constraint in constraints)
                constraint.Apply(weights, shape);
        }));
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Equal("maxValue", Assert.Throws<ArgumentOutOfRangeException>(() => new MaxNorm(-1)).ParamName);
        Assert.Equal("minValue", Assert.Throws<ArgumentOutOfRangeException>(() => new MinMaxNorm(double.NaN)).ParamName);
        Assert.Equal("maxValue", Assert.Throws<ArgumentOutOfRangeException>(() => new MinMaxNorm(2, 1)).ParamName);
        Assert.Equal("rate", Assert.Throws<ArgumentOutOfRangeException>(() => new MinMaxNorm(rate: 1.5)).ParamName);
        Assert.Throws<ArgumentException>(() => new UnitNorm(1).Apply(new float[3], [3]));
        Assert.Throws<ArgumentException>(() => new UnitNorm().Apply(new float[3], [4]));
    }

    private static string Place(int index, int[] shape, int[] axes)
    {
        string place = "";
        for (int i = shape.Length - 1; i >= 0; index /= shape[i], i--)
            place += axes.Any(axis => (axis + shape.Length) % shape.Length == i) ? "" : $"{i}:{index % shape[i]} ";
        return place;
    }
}
