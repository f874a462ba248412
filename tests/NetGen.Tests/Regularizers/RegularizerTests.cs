using CsCheck;

namespace NetGen.Tests;

public sealed class RegularizerTests
{
    private static readonly Gen<(int Rows, int Columns, ulong Seed)> Matrices = Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.ULong);

    public static TheoryData<string> Names => [.. All.Keys];

    private static readonly Dictionary<string, Regularizer> All = new()
    {
        ["L1"] = new L1(0.3),
        ["L2"] = new L2(0.2),
        ["L1L2"] = new L1L2(0.1, 0.4),
        ["Orthogonal rows"] = new OrthogonalRegularizer(0.5),
        ["Orthogonal columns"] = new OrthogonalRegularizer(0.5, "columns"),
    };

    [Fact]
    public void Penalties_follow_their_formulas() => Matrices.Sample(matrix =>
    {
        float[] w = OptimizerRun.Random(matrix.Rows * matrix.Columns, matrix.Seed);
        double magnitudes = w.Sum(x => Math.Abs((double)x)), squares = w.Sum(x => (double)x * x);
        Assert.Equal(0.3 * magnitudes, Penalty(new L1(0.3)), 1e-9);
        Assert.Equal(0.01 * magnitudes, Penalty(new L1()), 1e-9);
        Assert.Equal(0.2 * squares, Penalty(new L2(0.2)), 1e-9);
        Assert.Equal(0.01 * squares, Penalty(new L2()), 1e-9);
        Assert.Equal((0.1 * magnitudes) + (0.4 * squares), Penalty(new L1L2(0.1, 0.4)), 1e-9);
        Assert.Equal(0, Penalty(new L1L2()));

        double Penalty(Regularizer regularizer) => regularizer.Penalty(w, [matrix.Rows, matrix.Columns]);
    });

    [Theory, MemberData(nameof(Names))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        int compared = 0, skipped = 0;
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 9], Gen.ULong).Sample((rows, columns, seed) =>
        {
            Regularizer regularizer = All[name];
            float[] w = OptimizerRun.Random(rows * columns, seed), gradients = OptimizerRun.Random(w.Length, seed + 1), before = [.. gradients];
            regularizer.AddGradient(w, [rows, columns], gradients);
            for (int i = 0; i < w.Length; i++)
            {
                // Exact in float beside a number of this size.
                const float Step = 1f / (1 << 17);
                float[] up = [.. w], down = [.. w];
                (up[i], down[i]) = (w[i] + Step, w[i] - Step);
                double above = regularizer.Penalty(up, [rows, columns]), below = regularizer.Penalty(down, [rows, columns]);
                double middle = regularizer.Penalty(w, [rows, columns]);
                // Magnitudes have a kink. One in between changes the slope by more than this, or else by too little to matter.
                double left = (middle - below) / Step, right = (above - middle) / Step;
                if (Math.Abs(right - left) > 1e-3)
                {
                    Interlocked.Increment(ref skipped);
                    continue;
                }
                Interlocked.Increment(ref compared);
                Assert.Equal((left + right) / 2, gradients[i] - before[i], 2e-3);
            }
        }, iter: 200);
        Assert.True(skipped < compared / 20, $"{skipped} points lie beside a kink, {compared} do not.");
    }

    [Fact]
    public void Padding_gets_no_gradient() => Gen.Int[1, 100].Sample(length =>
    {
        float[] gradients = new float[length];
        new L1L2(1, 1).AddGradient(new float[length], [length], gradients);
        Assert.All(gradients, g => Assert.Equal(0, g));
        Assert.True(new L1().IsElementwise && new L2().IsElementwise && new L1L2().IsElementwise && !new OrthogonalRegularizer().IsElementwise);
    });

    [Fact]
    public void The_orthogonal_penalty_is_the_mean_cosine()
    {
        float[] w = [1, 0, 0, 3, 4, 0];
        Assert.Equal(0.6, new OrthogonalRegularizer(1).Penalty(w, [2, 3]), 1e-12);
        Assert.Equal(0.6, new OrthogonalRegularizer(1, "columns").Penalty([1, 3, 0, 4, 0, 0], [3, 2]), 1e-12);
        Assert.Equal(0, new OrthogonalRegularizer(1).Penalty([1, 2, 3], [1, 3]));
        Assert.Equal(0, new OrthogonalRegularizer(1).Penalty(new float[6], [2, 3]));
    }

    [Fact]
    public void Gradients_allocate_nothing()
    {
        float[] w = OptimizerRun.Random(300, 1), gradients = new float[300];
        int[] shape = [20, 15];
        foreach (Regularizer regularizer in All.Values)
        {
            Assert.Equal(0, Allocations.Of(() =>
            {
                regularizer.Penalty(w, shape);
                regularizer.AddGradient(w, shape, gradients);
            }));
        }
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Assert.Equal("l1", Assert.Throws<ArgumentOutOfRangeException>(() => new L1(-1)).ParamName);
        Assert.Equal("l2", Assert.Throws<ArgumentOutOfRangeException>(() => new L2(double.NaN)).ParamName);
        Assert.Equal("l2", Assert.Throws<ArgumentOutOfRangeException>(() => new L1L2(l2: double.PositiveInfinity)).ParamName);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => new OrthogonalRegularizer(-1)).ParamName);
        Assert.Equal("mode", Assert.Throws<ArgumentException>(() => new OrthogonalRegularizer(1, "diagonals")).ParamName);
        Assert.Throws<ArgumentException>(() => new OrthogonalRegularizer().Penalty(new float[3], [3]));
        Assert.Throws<ArgumentException>(() => new L2().AddGradient(new float[3], [3], new float[2]));
    }
}
