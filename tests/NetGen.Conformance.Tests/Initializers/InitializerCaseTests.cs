using NetGen.Conformance.Tests.Keras;

namespace NetGen.Conformance.Tests;

public sealed class InitializerCaseTests
{
    [Fact]
    public void Values() => CaseTable.Check("initializer", c =>
    {
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
}
