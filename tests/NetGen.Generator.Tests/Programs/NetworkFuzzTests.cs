namespace NetGen.Generator.Tests;

/// <summary>Random chains of layers, compiled in one go, agree with the interpreter in inference and training.</summary>
public sealed class NetworkFuzzTests
{
    /// <summary>Eight by default, which is what a test run has time for; NETGEN_FUZZ_NETS asks for more.</summary>
    private static readonly int Nets = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_FUZZ_NETS"), out int nets) ? nets : 8;

    private const int Chains = 8;

    private static readonly string[] Activations = ["ReLU", "Tanh", "Sigmoid", "ELU", "GELU", "Softplus", "LeakyReLU", "SiLU", "Softmax"];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        for (int i = 0; i < Nets; i++)
        {
            batch.Add(Tape(new Random(i)));
        }

        return batch.Compile();
    });

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Nets)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_interpreter(int number)
    {
        EmittedNet net = Batch.Value.Nets[number];
        NetData data = new(6 + (number * 7 % 11));
        NetCheck.Inference(net, data, NetCheck.Net);
        NetCheck.Training(net, data, NetCheck.Net);
        NetCheck.Parts(net, data);
    }

    /// <summary>Several chains of the same width behind one input: kernels of equal shapes are emitted once, so that many random tapes are a small text.</summary>
    private static string Tape(Random random)
    {
        int[] widths = [5, 8, 16, 17, 33];
        int width = widths[random.Next(widths.Length)];
        bool hasRows = random.Next(3) == 0;
        List<string> layers = [hasRows ? $"Input({random.Next(1, 4)}, {width}, Name = \"x\")" : $"Input({width}, Name = \"x\")"];
        List<string> outputs = [];
        for (int chain = 0; chain < Chains; chain++)
        {
            List<string> names = ["x"];
            int dense = random.Next(8);
            for (int i = 0; i < 4; i++)
            {
                string last = names[^1], other = names[random.Next(names.Count)], name = FormattableString.Invariant($"c{chain}_{i}");
                string taps = $"From = \"{last}\", Name = \"{name}\"";
                layers.Add(i == dense ? $"Dense({width}, Activation = Activation.{Activations[random.Next(Activations.Length)]}, UseBias = {(random.Next(2) == 0 ? "true" : "false")}, {taps})" : random.Next(9) switch
                {
                    0 => $"Activation(Activation.{Activations[random.Next(Activations.Length)]}, {taps})",
                    1 => $"BatchNormalization({taps})",
                    2 => $"LayerNormalization({taps})",
                    3 => $"Dropout(0.{random.Next(1, 9)}, {taps})",
                    4 => $"Rescaling({random.Next(1, 5)}, Offset = 0.5, {taps})",
                    5 => $"Add(\"{last}\", \"{other}\", Name = \"{name}\")",
                    6 => $"Multiply(\"{last}\", \"{other}\", Name = \"{name}\")",
                    7 => $"Maximum(\"{last}\", \"{other}\", Name = \"{name}\")",
                    _ => $"PReLU({taps})",
                });
                names.Add(name);
                if (layers[^1].Contains("Normalization", StringComparison.Ordinal))
                {
                    // Another normalization at once would make this one's gradients zero, and a comparison one of rounding errors.
                    layers.Add($"Activation(Activation.Tanh, From = \"{name}\", Name = \"{name}t\")");
                    names.Add(name + "t");
                }

            }

            string end = FormattableString.Invariant($"c{chain}_end");
            layers.Add(hasRows ? $"Flatten(From = \"{names[^1]}\", Name = \"{end}\")" : $"PReLU(From = \"{names[^1]}\", Name = \"{end}\")");
            outputs.Add($"Output(\"{end}\")");
        }

        return $"[{string.Join(", ", layers.Concat(outputs))}]";
    }
}
