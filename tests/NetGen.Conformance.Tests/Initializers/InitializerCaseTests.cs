using NetGen.Conformance.Tests.Keras;
using NetGen.Conformance.Tests.Layers;
using NetGen.Generator;

namespace NetGen.Conformance.Tests;

public sealed class InitializerCaseTests
{
    [Fact]
    public void Values() => CaseTable.Check("initializer", c =>
    {
        if (c.Ops is [{ Name: "build" } build, { Name: "query_dense.kernel.std" }])
        {
            return DeviationOf("query/kernel", c, [.. build.Args[0].Items().Skip(1).Select(size => size.AsInt())]);
        }

        Initializer initializer = c.Class switch
        {
            "Constant" when c.Config("value") is { IsArray: true } tensor => new Constant(tensor.AsArray().ToFloats()),
            "Constant" => new Constant(c.Config("value")?.AsDouble() ?? 0),
            "Identity" => new Identity(c.Config("gain")?.AsDouble() ?? 1),
            "Ones" => new Ones(),
            "Zeros" => new Zeros(),
            // keras.initializers.get of a tensor stands for its values.
            "get" when c.Args is [{ IsArray: true } tensor] => new Constant(tensor.AsArray().ToFloats()),
            _ => throw new NotCoveredException($"weights of the layer {c.Class}"),
        };
        int[] shape = [.. c.Ops[^1].Arg("shape", 0)!.Value.Items().Select(size => size.AsInt())];
        float[] values = new float[shape.Aggregate(1, (a, b) => a * b)];
        initializer.Fill(values, shape, seed: 1, stream: 2);
        return KerasArray.FromFloats(values, shape);
    });

    /// <summary>The standard deviation of the first values of a layer's weight.</summary>
    private static KerasArray DeviationOf(string weight, KerasCase c, IReadOnlyList<int> input)
    {
        KerasTape tape = new();
        string x = tape.AddInput(input);
        string layer = tape.AddLayer(KerasTape.Layer(c.Value), [], [x, x])[0];
        TapeResult result = Tape.Build(tape.Model, training: false);
        Assert.Empty(result.Problems);
        Parameter parameter = result.Graph.Parameters.Select(p => p.Parameter!).Single(p => p.Name == $"{layer}/{weight}");
        Assert.Equal(Initializer.LecunNormal, parameter.Initializer);
        (long fanIn, long fanOut) = parameter.Fans!.Value;
        ParameterInfo info = new(parameter.Name, [.. parameter.Shape.Dims.Select(d => (int)d.Constant)], 0, new LecunNormal(), fanIn: (int)fanIn, fanOut: (int)fanOut);
        float[] values = new float[info.Count];
        info.Initialize(values, seed: 1, stream: 0);
        double mean = values.Average();
        return KerasArray.FromFloats([(float)Math.Sqrt(values.Average(v => (v - mean) * (v - mean)))], []);
    }
}
