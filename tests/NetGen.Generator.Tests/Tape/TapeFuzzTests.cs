using CsCheck;

namespace NetGen.Generator.Tests;

/// <summary>Random tapes never throw and always give the same; a tape without problems has a graph that runs.</summary>
public sealed class TapeFuzzTests
{
    private static readonly string[] Words = ["a", "b", "input", "dense", "x/y", "a.state_h", "", " ", "{i}", "{", "channels", "n + 1", "1 / 0", "same", "HeNormal", "L2(", "zeros", "i"];

    private static readonly string[] Kinds = [.. LayerTable.All.Select(l => l.Kind), "Input", "Input", "Output", "Reuse", "Nothing"];

    private static readonly Gen<ArgumentValue> GenValue = Gen.OneOf(
        Gen.OneOf(Gen.Long[-3, 6], Gen.Long).Select(v => (ArgumentValue)new IntegerValue(v)),
        Gen.OneOf(Gen.Double[-2, 2], Gen.Double).Select(v => (ArgumentValue)new NumberValue(v)),
        Gen.Bool.Select(v => (ArgumentValue)new BooleanValue(v)),
        Gen.OneOf(Gen.Int[0, Words.Length - 1].Select(i => Words[i]), Gen.String[0, 6]).Select(v => (ArgumentValue)new TextValue(v)),
        Gen.OneOf(Gen.Int[0, 5].Select(i => ActivationTable.Names[i]), Gen.String[0, 4]).Select(v => (ArgumentValue)new EnumValue("Activation", v)));

    private static readonly Gen<ArgumentValue> GenArgument = Gen.OneOf(
        GenValue,
        GenValue.Array[0, 3].Select(v => (ArgumentValue)new ArrayValue(v.ToEquatableArray())));

    private static Gen<ElementSpec> GenElement(int depth) =>
        Gen.OneOf(GenLayer, GenLayer, GenLayer, depth == 0 ? GenLayer : Gen.Select(
            Gen.Int[0, 2],
            GenArguments(["Units", "Name", "Repeat", "When", "From", "Trainable"]),
            GenElement(depth - 1).Array[0, 4],
            (k, arguments, body) => (ElementSpec)new BlockSpec("Block" + k, arguments, 0, EquatableArray.Of(new BlockParameter("units", k == 0 ? null : new IntegerValue(3))), body.ToEquatableArray())));

    private static Gen<ElementSpec> GenLayer => Gen.Int[0, Kinds.Length - 1].SelectMany(k =>
    {
        string[] known = Kinds[k] == "Input" ? ["Shape", "Name", "Time", "Type"]
            : [.. LayerTable.Find(Kinds[k])?.Arguments ?? [], .. TapeWords.Arguments, "Inputs", "From", "Layer", "From", "Name"];

        // Half of the tapes have sensible inputs, so that the fuzz gets past them.
        return Kinds[k] == "Input"
            ? Gen.Int[1, 4].Array[1, 3].Select(s => (ElementSpec)new LayerSpec("Input", EquatableArray.Of(new ArgumentSpec("Shape", new ArrayValue(s.Select(d => (ArgumentValue)new IntegerValue(d)).ToEquatableArray()))), 0))
            : GenArguments(known).Select(arguments => (ElementSpec)new LayerSpec(Kinds[k], arguments, 0));
    });

    private static Gen<EquatableArray<ArgumentSpec>> GenArguments(string[] known) =>
        Gen.Select(Gen.Int[0, known.Length - 1], GenArgument, (i, v) => new ArgumentSpec(known[i], v)).Array[0, 3].Select(a => a.ToEquatableArray());

    [Fact]
    public void Nothing_is_thrown_and_both_programs_agree()
    {
        Gen<ElementSpec> input = Gen.Int[1, 5].Array[0, 3].Select(s => (ElementSpec)new LayerSpec(
            "Input", EquatableArray.Of(new ArgumentSpec("Shape", new ArrayValue(s.Select(d => (ArgumentValue)new IntegerValue(d == 5 ? -1 : d)).ToEquatableArray()))), 0));
        Gen.Select(input, GenElement(3).Array[0, 8], (first, rest) => (ElementSpec[])[first, .. rest]).Sample(
            elements =>
            {
                ModelSpec model = new(
                    new TypeSpec("", EquatableArray<string>.Empty, "Net", "public", false),
                    EquatableArray<ArgumentSpec>.Empty,
                    elements.Select((e, i) => e with { Attribute = i }).ToEquatableArray());
                TapeResult inference = Tape.Build(model, training: false);
                TapeResult training = Tape.Build(model, training: true);
                Assert.Equal(inference.Problems, Tape.Build(model, training: false).Problems);
                Assert.All(inference.Problems, p => Assert.InRange(p.Attribute, -1, elements.Length - 1));
                Assert.All(inference.Problems, p => Assert.Contains(ProblemTable.Rows, r => r.Id == p.Id));
                if (inference.Problems.Count == 0 && training.Problems.Count == 0)
                {
                    Assert.NotEmpty(inference.Graph.Outputs);
                    Assert.Equal(inference.Graph.Parameters.Select(p => p.Parameter), training.Graph.Parameters.Select(p => p.Parameter));
                }
            },
            iter: 5_000);
    }
}
