namespace NetGen.Generator.Tests;

/// <summary>EinsumDense against the sum that its equation says, element by element, and its gradients against finite differences.</summary>
public sealed class EinsumDenseTests
{
    /// <summary>Equation, sizes of a sample, output shape, bias axes, and the kernel's and the bias's shape as Keras has them. The first are those of Keras's own tests.</summary>
    public static TheoryData<string, int[], int[], string?, int[], int[]> Cases => new()
    {
        { "ab,b->a", [5], [], null, [5], [] },
        { "ab,bc->ac", [5], [7], null, [5, 7], [] },
        { "abc,cde->abde", [1, 2], [1, 3, 4], null, [2, 3, 4], [] },
        { "abc,cde->abde", [1, 2], [1, 3, 4], "e", [2, 3, 4], [4] },
        { "abc,cde->abde", [1, 2], [1, 3, 4], "d", [2, 3, 4], [3, 1] },
        { "abc,cde->abde", [7, 2], [7, 3, 4], "be", [2, 3, 4], [7, 1, 4] },
        { "BFNH,NHD->BFD", [1, 2, 3], [1, 4], null, [2, 3, 4], [] },
        { "abc,cd->abd", [3, 2], [-1, 4], "d", [2, 4], [4] },
        { "i,d->id", [], [2], null, [2], [] },
        { "ibd,nd->ibn", [2, 1], [2, 2], null, [2, 1], [] },
        { "...b,bc->...c", [5], [7], null, [5, 7], [] },
        { "...bc,bc->...b", [5, 6], [5], null, [5, 6], [] },
        { "...b,bc->...c", [3, 5], [7], null, [5, 7], [] },
        { "...c,cde->...de", [1, 2], [3, 4], "e", [2, 3, 4], [4] },
        { "...c,cde->...de", [3, 2], [3, 4], "d", [2, 3, 4], [3, 1] },
        { "...c,cde->...de", [1, 2], [3, 4], "de", [2, 3, 4], [3, 4] },
        { "bc...,cd->bd...", [1, 2, 3], [4], null, [1, 4], [] },
        { "bc...,cde->bde...", [3, 2], [3, 4], "d", [3, 3, 4], [3, 1, 1] },
        { "bc...,cde->bde...", [3, 2], [3, 4], "e", [3, 3, 4], [4, 1] },
        { "bc...,cde->bde...", [1, 2], [3, 4], "de", [1, 3, 4], [3, 4, 1] },
        { "abc,bcd->ad", [3, 4], [5], "d", [3, 4, 5], [5] },
        { "abc,cb->a", [3, 4], [], null, [4, 3], [] },
        { "abcd,dcbe->aeb", [2, 3, 4], [5, -1], "be", [4, 3, 2, 5], [5, 2] },
        { "abcd,bde->acbe", [2, 3, 4], [3, 2, 5], "e", [2, 4, 5], [5] },
        { "abcd,cbe->adeb", [2, 3, 4], [4, 5, 2], null, [3, 2, 5], [] },
        { "abc,cd->ad", [3, 4], [5], null, [4, 5], [] },
        { "abc,d->abcd", [2, 3], [-1, -1, 4], "d", [4], [4] },
        { "abc,bc->abc", [2, 3], [2, 3], null, [2, 3], [] },
        { "...ab,bca->...ca", [2, 3, 4], [5, 3], "ca", [4, 5, 3], [5, 3] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_the_sum_that_the_equation_says(string equation, int[] sample, int[] output, string? bias, int[] kernelShape, int[] biasShape)
    {
        Graph graph = TapeText.Graph(Tape(equation, sample, output, bias), training: true);
        Value[] parameters = [.. graph.Parameters];
        Assert.Equal(kernelShape.Select(d => (long)d), parameters[0].Shape.Dims.Select(d => d.Constant));
        Assert.Equal(biasShape.Select(d => (long)d), parameters.Skip(1).SelectMany(p => p.Shape.Dims.Select(d => d.Constant)));
        foreach (int batch in new[] { 1, 3 })
        {
            Dictionary<string, long> sizes = new() { ["n"] = batch };
            Interpreter interpreter = new(sizes);
            foreach (Value value in graph.Inputs.Concat(parameters))
            {
                interpreter.Set(value, [.. Enumerable.Range(0, Differences.Count(value, sizes)).Select(i => Differences.Uniform(value.Id, i) - 0.5)]);
            }

            interpreter.Run(graph);
            DoubleTensor y = interpreter.Get(graph.Outputs[0].Value);
            (int[] shape, double[] expected) = Einsum(equation, interpreter.Get(graph.Inputs[0]), interpreter.Get(parameters[0]), sizes: Sizes(equation, sample, output, batch), bias is null ? null : interpreter.Get(parameters[1]));
            Assert.Equal(shape, y.Shape);
            Assert.All(expected.Zip(y.Data), p => Assert.Equal(p.First, p.Second, 1e-12));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_agree_with_finite_differences(string equation, int[] sample, int[] output, string? bias, int[] kernelShape, int[] biasShape)
    {
        Graph graph = TapeText.Graph(Tape(equation, sample, output, bias), training: true);
        Assert.Equal(kernelShape.Length + biasShape.Length, graph.Parameters.Sum(p => p.Shape.Rank));
        Differences.Check(graph, [graph.Inputs[0], .. graph.Parameters], new Dictionary<string, long> { ["n"] = 2 });
    }

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Cases.Select(c => Tape(c.Data.Item1, c.Data.Item2, c.Data.Item3, c.Data.Item4)).Append("[Input(Dim.Any, 6), EinsumDense(\"abc,cde->adbe\", 3, -1, 17, BiasAxes = \"de\"), Flatten, EinsumDense(\"...c,cd->...d\", 33, Activation = Activation.Tanh, From = \"input\"), Add(\"einsum_dense_1\", \"einsum_dense_1\", Name = \"end\"), Output(\"end\"), Output(\"einsum_dense\")]".Replace("Flatten, ", "", StringComparison.Ordinal))));

    [Fact]
    public void Emitted_programs_agree_with_the_interpreter() => Assert.All(Batch.Value.Nets, net =>
    {
        foreach (int samples in new[] { 1, 3, 19 })
        {
            NetData data = new(samples, samples + 2);
            NetCheck.Inference(net, data, NetCheck.Net);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }
    });

    [Theory]
    [InlineData("[Input(3), EinsumDense(\"ab\", 4)]", "Equation", "\"ab\"", "\"ab,bc->ac\"")]
    [InlineData("[Input(3), EinsumDense(\"ab,b1->a1\", 4)]", "Equation", "'1'", "kernel")]
    [InlineData("[Input(3), EinsumDense(\"aa,ab->ab\", 4)]", "Equation", "'a'", "twice")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ad\", 4)]", "Equation", "'d'", "neither input nor kernel")]
    [InlineData("[Input(3), EinsumDense(\"ab,bcd->ac\", 4)]", "Equation", "'d'", "unknown")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ca\", 4)]", "Equation", "'a'", "first")]
    [InlineData("[Input(3), EinsumDense(\"...b,bc->c...\", 4)]", "Equation", "dots", "same side")]
    [InlineData("[Input(3), EinsumDense(\"ab,...bc->ac\", 4)]", "Equation", "dots", "not in the kernel")]
    [InlineData("[Input(3), EinsumDense(\",bc->ac\", 4)]", "Equation", "input has no axes")]
    [InlineData("[Input(3, 2), EinsumDense(\"ab,bc->ac\", 4)]", "Equation", "rank 2", "(n, 3, 2)")]
    [InlineData("[Input(3), EinsumDense(\"...abc,cd->...abd\", 1, 2, 4)]", "Equation", "4 or more", "(n, 3)")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ac\", 4, 5)]", "OutputShape", "'c'", "1, not 2")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ac\", -1)]", "OutputShape", "'c'", "lacks")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ac\", 0)]", "OutputShape", "'c'", "not 0")]
    [InlineData("[Input(3, 2), EinsumDense(\"abc,cd->abd\", 5, 4)]", "OutputShape[0]", "'b' of", "3", "5")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ac\", 4, BiasAxes = \"b\")]", "BiasAxes", "'b'", "'ac'")]
    [InlineData("[Input(3), EinsumDense(\"ab,bc->ac\", 4, BiasAxes = \"\")]", "BiasAxes", "names none")]
    [InlineData("[Input(3), EinsumDense(\"ab,ac->abc\", 3, 4)]", null, "constant sizes", "kernel")]
    public void What_does_not_fit_is_told_on_its_argument(string tape, string? argument, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems.First();
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    private static string Tape(string equation, int[] sample, int[] output, string? bias) =>
        $"[Input({string.Join(", ", sample)}), EinsumDense(\"{equation}\"{string.Concat(output.Select(d => $", {d}"))}{(bias is null ? "" : $", BiasAxes = \"{bias}\"")})]".Replace("Input()", "Input", StringComparison.Ordinal);

    /// <summary>The size of each letter, and of what the dots stand for as digits.</summary>
    private static Dictionary<char, int> Sizes(string equation, int[] sample, int[] output, int batch)
    {
        int[] x = [batch, .. sample];
        string[] parts = equation.Split(',', '>');
        string input = Expand(parts[0], x.Length), y = Expand(parts[2], x.Length - Letters(parts[0]) + Letters(parts[2]));
        Dictionary<char, int> sizes = [];
        for (int i = 0; i < input.Length; i++) sizes[input[i]] = x[i];
        string named = parts[2].StartsWith('.') ? parts[2] : parts[2][1..];
        int next = 0;
        foreach (char c in named.Where(char.IsLetter)) sizes.TryAdd(c, output[next++]);
        return sizes;
    }

    private static int Letters(string part) => part.Count(char.IsLetter);

    /// <summary>The dots as digits, one an axis.</summary>
    private static string Expand(string part, int rank) => part.Replace("-", "", StringComparison.Ordinal).Replace("...", string.Concat(Enumerable.Range(0, rank - Letters(part)).Select(i => (char)('0' + i))), StringComparison.Ordinal);

    /// <summary>Over all values of all letters: the element of the output grows by that of the input times that of the kernel.</summary>
    private static (int[] Shape, double[] Data) Einsum(string equation, DoubleTensor x, DoubleTensor kernel, Dictionary<char, int> sizes, DoubleTensor? bias)
    {
        string[] parts = equation.Split(',', '>');
        string input = Expand(parts[0], x.Shape.Length), weights = parts[1].TrimEnd('-'), output = Expand(parts[2], x.Shape.Length - Letters(parts[0]) + Letters(parts[2]));
        string all = new([.. (input + weights).Distinct()]);
        int[] shape = [.. output.Select(c => sizes[c])];
        double[] y = new double[shape.Aggregate(1, (a, b) => a * b)];
        foreach (int[] index in DoubleTensor.Indices([.. all.Select(c => sizes[c])]))
        {
            y[At(output)] += x.Data[At(input)] * kernel.Data[At(weights)];

            int At(string axes) => axes.Aggregate(0, (at, c) => (at * sizes[c]) + index[all.IndexOf(c, StringComparison.Ordinal)]);
        }

        if (bias is not null)
        {
            int element = 0;
            int[] strides = bias.BroadcastStrides(shape.Length);
            foreach (int[] index in DoubleTensor.Indices(shape)) y[element++] += bias.Data[DoubleTensor.Offset(index, strides)];
        }

        return (shape, y);
    }
}
