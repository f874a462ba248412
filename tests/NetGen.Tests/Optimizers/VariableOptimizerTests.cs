using CsCheck;

namespace NetGen.Tests;

public sealed class VariableOptimizerTests
{
    private static readonly (string Name, Func<double, Optimizer> Create, VariableReference.Rule Rule)[] All =
    [
        ("Lamb", rate => new Lamb(rate), VariableReference.Lamb()),
        ("Lamb with settings", rate => new Lamb(rate) { Beta1 = 0.7, Beta2 = 0.9, Epsilon = 0.01, WeightDecay = 0.2 }, VariableReference.Lamb(0.7, 0.9, 0.01, 0.2)),
        ("Adafactor", rate => new Adafactor(rate), VariableReference.Adafactor()),
        ("Adafactor with settings", rate => new Adafactor(rate) { Beta2Decay = -0.5, Epsilon1 = 1e-3, Epsilon2 = 0.5, ClipThreshold = 0.4, WeightDecay = 0.2 }, VariableReference.Adafactor(-0.5, 1e-3, 0.5, 0.4, 0.2)),
        ("Adafactor with a low rate", rate => new Adafactor(rate * 0.1) { RelativeStep = false }, (w, shape, g, rate) => VariableReference.Adafactor()(w, shape, g, rate * 0.1)),
        ("Muon", rate => new Muon(rate), VariableReference.Muon()),
        ("Muon without Nesterov", rate => new Muon(rate) { Nesterov = false, RmsRate = null, WeightDecay = null, Momentum = 0.5, NsSteps = 3 }, VariableReference.Muon(0.5, 3, false, null, 0)),
        ("Muon that excludes", rate => new Muon(rate) { ExcludeLayers = ["^vari.ble"], AdamLearningRateRatio = 0.5, AdamWeightDecay = 0.3 }, VariableReference.Muon(excluded: true, adamDecay: 0.3, ratio: 0.5)),
    ];

    private static readonly Gen<int[]> Shapes = Gen.OneOf(
        Gen.Int[1, 40].Array[0, 1], Gen.Int[1, 40].Array[2], Gen.Int[1, 7].Array[3, 4], Gen.Const(new[] { 1, 1 }), Gen.Const(new[] { 37, 1 }), Gen.Const(new[] { 1, 37 }), Gen.Const(new[] { 16, 32 }));

    public static TheoryData<string> Names => [.. All.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Follows_its_definition_in_double(string name) => Gen.Select(Shapes, Gen.ULong, Gen.Bool).Sample((shape, seed, isZero) =>
    {
        const int Steps = 4;
        const double Rate = 0.02;
        (_, Func<double, Optimizer> create, VariableReference.Rule rule) = All.Single(row => row.Name == name);
        ParameterInfo variable = new("variable", shape, 0, new Zeros());
        float[] first = isZero ? new float[variable.Count] : OptimizerRun.Random(variable.Count, seed), weights = new float[variable.Length], gradients = new float[variable.Length];
        variable.Pack(first, weights);
        OptimizerState state = new(create(Rate), weights.Length, [new UpdateRange(0, weights.Length, Parameter: variable)]);
        List<double[]> history = [];
        for (ulong t = 1; t <= Steps; t++)
        {
            float[] gradient = OptimizerRun.Random(variable.Count, seed + t);
            history.Add([.. gradient.Select(g => (double)g)]);
            variable.Pack(gradient, gradients);
            state.Step(weights, gradients);
        }
        double[] expected = rule([.. first.Select(w => (double)w)], shape, [.. history], Rate);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - weights[i]) <= 2e-5 * Math.Max(1, Math.Abs(expected[i])), $"({string.Join(", ", shape)}) at {i}: {weights[i]} for {expected[i]}");
    }, iter: 60);

    /// <summary>Filters and matrices in panels are seen in Keras's layout.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_layout_of_a_variable_changes_no_bit(string name) => Gen.Select(Gen.Int[1, 70].Array[2], Gen.Int[1, 5].Array[0, 2], Gen.ULong).Sample((matrix, more, seed) =>
    {
        Func<double, Optimizer> create = All.Single(row => row.Name == name).Create;
        int[] shape = [.. more, .. matrix];
        float[] plain = Run(WeightLayout.Plain), panels = Run(WeightLayout.Panels);
        Assert.Equal(plain, panels);

        float[] Run(WeightLayout layout)
        {
            ParameterInfo before = new("before", [3], 0, new Zeros()), variable = new("variable", shape, before.Length, new Zeros(), layout);
            int length = before.Length + variable.Length;
            float[] weights = new float[length], gradients = new float[length];
            variable.Pack(OptimizerRun.Random(variable.Count, seed), weights);
            OptimizerState state = new(create(0.1), length, [Range(before), Range(variable)]);
            for (ulong t = 1; t <= 3; t++)
            {
                variable.Pack(OptimizerRun.Random(variable.Count, seed + t), gradients);
                state.Step(weights, gradients);
            }
            float[] result = new float[variable.Count];
            variable.Unpack(weights, result);
            return result;
        }
    }, iter: 30);

    [Theory, MemberData(nameof(Names))]
    public void Threads_change_no_bit(string name)
    {
        Func<double, Optimizer> create = All.Single(row => row.Name == name).Create;
        float[] alone = Run(1);
        Assert.Equal(alone, Run(2));
        Assert.Equal(alone, Run(5));

        float[] Run(int parts)
        {
            ParameterInfo[] variables = new ParameterInfo[9];
            int length = 0;
            for (int i = 0; i < variables.Length; i++)
            {
                variables[i] = new ParameterInfo($"variable{i}", [.. Enumerable.Repeat(5 + (7 * i % 40), 1 + (i % 3))], length, new Zeros(), i % 3 == 1 ? WeightLayout.Panels : WeightLayout.Plain);
                length += variables[i].Length;
            }
            float[] weights = new float[length], gradients = new float[length];
            foreach (ParameterInfo variable in variables) variable.Pack(OptimizerRun.Random(variable.Count, (ulong)variable.Offset), weights);
            OptimizerState state = new(create(0.1), length, [.. variables.Select(Range)]);
            for (ulong t = 1; t <= 3; t++)
            {
                foreach (ParameterInfo variable in variables) variable.Pack(OptimizerRun.Random(variable.Count, (ulong)variable.Offset + t), gradients);
                state.BeginStep(weights);
                Thread[] threads = [.. Enumerable.Range(0, parts).Select(part => new Thread(() => state.Update(part, parts, weights, gradients)))];
                foreach (Thread thread in threads) thread.Start();
                foreach (Thread thread in threads) thread.Join();
                state.EndStep();
            }
            return weights;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_step_does_not_allocate(string name)
    {
        ParameterInfo kernel = new("kernel", [70, 50], 0, new Zeros(), WeightLayout.Panels), bias = new("bias", [50], kernel.Length, new Zeros());
        int length = kernel.Length + bias.Length;
        float[] weights = OptimizerRun.Random(length, 1), gradients = OptimizerRun.Random(length, 2);
        OptimizerState state = new(All.Single(row => row.Name == name).Create(0.1), length, [Range(kernel), Range(bias)]);
        Assert.Equal(0, Allocations.Of(() => state.Step(weights, gradients)));
    }

    [Fact]
    public void Adafactor_keeps_rows_and_columns_only()
    {
        ParameterInfo kernel = new("kernel", [3, 3, 5, 7], 0, new Zeros(), WeightLayout.Panels), bias = new("bias", [7], kernel.Length, new Zeros());
        OptimizerState state = new(new Adafactor(), kernel.Length + bias.Length, [Range(kernel), Range(bias)]);
        Assert.Equal(["r kernel (3, 3, 5)", "c kernel (3, 3, 7)", "velocity bias (7,)"], state.Slots.SelectMany(slot => slot.Layout.Select(part => $"{slot.Name} {part}")));
    }

    [Theory]
    [InlineData("dense/kernel", false)]
    [InlineData("token_Embedding/embeddings", true)]
    [InlineData("head/kernel", true)]
    public void Muon_takes_the_step_of_AdamW_where_Keras_does(string name, bool isAdamW)
    {
        Muon muon = new() { ExcludeLayers = ["^he.d/"] };
        Assert.Equal(isAdamW ? [4, 5] : [0], muon.SlotShape(1, new ParameterInfo(name, [4, 5], 0, new Zeros())));
        Assert.Equal([4, 5, 6], muon.SlotShape(1, new ParameterInfo(name, [4, 5, 6], 0, new Zeros())));
        Assert.Equal(name[0] == 't' ? [0] : muon.SlotShape(1, new ParameterInfo(name, [4, 5], 0, new Zeros())),
            new Muon { ExcludeLayers = ["^he.d/"], ExcludeEmbeddings = false }.SlotShape(1, new ParameterInfo(name, [4, 5], 0, new Zeros())));
    }

    [Fact]
    public void Muon_brings_singular_values_near_one()
    {
        // A rotation, stretched: what is left is the rotation, up to Muon's own bounds.
        float[] matrix = [3 * 0.6f, 3 * 0.8f, -0.5f * 0.8f, 0.5f * 0.6f];
        new Muon().Orthogonalize(matrix, 2, 2, new float[Muon.OrthogonalScratch(2, 2)]);
        Assert.InRange((matrix[0] * 0.6) + (matrix[1] * 0.8), 0.65, 1.25);
        Assert.InRange((matrix[2] * -0.8) + (matrix[3] * 0.6), 0.65, 1.25);
        Assert.Equal(0, (matrix[0] * -0.8) + (matrix[1] * 0.6), 1e-5);
    }

    [Fact]
    public void Products_of_matrices_of_any_size() => Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 40], Gen.ULong).Sample(Check, iter: 60);

    private static unsafe void Check(int m, int k, int n, ulong seed)
    {
        float[] a = OptimizerRun.Random(m * k, seed), b = OptimizerRun.Random(k * n, seed + 1), c = new float[m * n], transposed = new float[m * k];
        fixed (float* left = a, right = b, product = c, turned = transposed)
        {
            Matrices.Multiply(left, right, product, m, k, n);
            Matrices.Transpose(left, turned, m, k);
        }
        for (int i = 0; i < m * n; i++)
            Assert.Equal(Enumerable.Range(0, k).Sum(j => (double)a[(i / n * k) + j] * b[(j * n) + (i % n)]), c[i], 1e-5);
        for (int i = 0; i < m * k; i++)
            Assert.Equal(a[i], transposed[(i % k * m) + (i / k)]);
    }

    private static UpdateRange Range(ParameterInfo variable) => new(variable.Offset, variable.Length, Parameter: variable);
}
