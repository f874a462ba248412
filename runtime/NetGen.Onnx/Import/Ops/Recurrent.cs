using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>LSTM, GRU and RNN: Keras's layers where they say the same, else the attributes of ONNX's own.</summary>
internal static class Recurrent
{
    /// <summary>ONNX's gates in Keras's order: i, o, f, c become i, f, c, o; z, r, h stand alike.</summary>
    private static readonly Dictionary<string, int[]> Gates = new() { ["LSTM"] = [0, 2, 3, 1], ["GRU"] = [0, 1, 2], ["RNN"] = [0] };

    /// <summary>Activations with ONNX's default parameters that Keras's enum has.</summary>
    private static readonly Dictionary<string, string> Keras = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sigmoid"] = "Sigmoid",
        ["Tanh"] = "Tanh",
        ["Relu"] = "ReLU",
        ["HardSigmoid"] = "LegacyHardSigmoid",
        ["Softsign"] = "Softsign",
        ["Softplus"] = "Softplus",
        ["Elu"] = "ELU",
    };

    public static Action<NodeContext> Of(string op) => c => Convert(c, op);

    private static void Convert(NodeContext c, string op)
    {
        int[] gates = Gates[op];
        ConstantValue w = c.Constant(1), r = c.Constant(2);
        ConstantValue? b = c.OptionalConstant(3);
        string direction = c.Text("direction", "forward");
        int directions = direction == "bidirectional" ? 2 : 1;
        bool isBatchFirst = c.Integer("layout", 0) == 1;
        if (w.Rank != 3 || r.Rank != 3 || w.Shape[0] != directions || w.Shape[1] % gates.Length != 0 || r.Shape[2] != w.Shape[1] / gates.Length || r.Shape[1] != w.Shape[1] || r.Shape[0] != directions
            || (b is not null && (b.Rank != 2 || b.Shape[0] != directions || b.Shape[1] != 2 * w.Shape[1])))
        {
            throw new ConversionException($"its weights ({string.Join(", ", w.Shape)}) and ({string.Join(", ", r.Shape)}) do not fit together.");
        }

        int units = r.Shape[2];
        if (c.Integer("hidden_size", units) is var told && told != units)
        {
            throw new ConversionException($"its hidden_size is {told} where its weights ({string.Join(", ", r.Shape)}) say {units}.");
        }

        int batchAxis = isBatchFirst ? 0 : 1, timeAxis = 1 - batchAxis;
        TapValue x = c.Plain(0);
        if (x.Rank != 3 || x.Dims[2] != w.Shape[2])
        {
            throw new ConversionException($"its input of ({string.Join(", ", x.Dims)}) does not fit its weights ({string.Join(", ", w.Shape)}).");
        }

        if (x.BatchAxis >= 0 && x.BatchAxis != batchAxis)
        {
            throw new BatchException("The batch of a sequence is another axis.");
        }

        bool isHidden = x.BatchAxis < 0, isDistributed = isHidden && !x.Dims[batchAxis].IsOne;
        string sequence = c.Writer.Arrange(x, isHidden && !isDistributed ? [timeAxis, 2] : [batchAxis, timeAxis, 2]).Name;
        (bool needsY, bool needsH, bool needsC) = (c.Needs(0), c.Needs(1), op == "LSTM" && c.Needs(2));
        List<(string, ArgumentValue)> arguments = [("Units", new IntegerValue(units))];

        string[] activations = c.Texts("activations") ?? Defaults(op, directions);
        int each = op == "LSTM" ? 3 : op == "GRU" ? 2 : 1;
        if (activations.Length != each * directions)
        {
            throw new ConversionException($"it has {activations.Length} activations where {each * directions} belong.");
        }

        double[] alphas = c.Numbers("activation_alpha") ?? [], betas = c.Numbers("activation_beta") ?? [];
        bool isClipped = c.HasAttribute("clip") && c.Number("clip", 0) > 0, couplesGates = c.Integer("input_forget", 0) != 0;
        ConstantValue? peepholes = op == "LSTM" ? c.OptionalConstant(7) : null;
        bool resetsAfter = c.Integer("linear_before_reset", 0) != 0;
        TensorValue? lengths = c.Optional(4) is { } given && !(given is ConstantValue known && x.Dims[timeAxis].IsConstant && known.Longs().All(l => l == x.Dims[timeAxis].Constant)) ? given : null;
        string[] one = activations[..each];
        bool isKeras = activations.All(Keras.ContainsKey) && alphas.Length == 0 && betas.Length == 0 && activations[(each * (directions - 1))..].SequenceEqual(one, StringComparer.OrdinalIgnoreCase)
            && (op != "LSTM" || string.Equals(one[1], one[2], StringComparison.OrdinalIgnoreCase))
            && !isClipped && !couplesGates && (peepholes is null || peepholes.Data().All(p => p == 0)) && lengths is null && !(direction == "reverse" && needsY && !x.Dims[timeAxis].IsOne);
        if (isKeras)
        {
            if (op != "RNN" && Keras[one[0]] != "Sigmoid")
            {
                arguments.Add(("RecurrentActivation", new EnumValue("Activation", Keras[one[0]])));
            }

            if (Keras[one[^1]] != "Tanh")
            {
                arguments.Add(("Activation", new EnumValue("Activation", Keras[one[^1]])));
            }

            if (op == "GRU" && !resetsAfter)
            {
                arguments.Add(("ResetAfter", new BooleanValue(false)));
            }

            if (op == "LSTM" && b is not null)
            {
                arguments.Add(("UnitForgetBias", new BooleanValue(false)));
            }

            if (direction == "reverse")
            {
                arguments.Add(("GoBackwards", new BooleanValue(true)));
            }
            else if (directions == 2)
            {
                arguments.Add(("Bidirectional", new EnumValue("Merge", "Concat")));
            }
        }
        else
        {
            AddOwn(c, op, direction, arguments, activations, alphas, betas, isClipped, couplesGates, resetsAfter, lengths);
        }

        if (b is null)
        {
            arguments.Add(("UseBias", new BooleanValue(false)));
        }

        AddInitialStates(c, op, arguments, directions, batchAxis, isDistributed, sequence, units);
        bool returnsState = needsC || (needsY && needsH);
        if (needsY)
        {
            arguments.Add(("ReturnSequences", new BooleanValue(true)));
        }

        if (returnsState)
        {
            arguments.Add(("ReturnState", new BooleanValue(true)));
        }

        List<(string, ConstantValue)> weights = Weights(op, gates, units, directions, w, r, b, resetsAfter, isKeras ? null : peepholes);
        if (isDistributed)
        {
            arguments.Add(("TimeDistributed", new BooleanValue(true)));
        }

        string name = Names.OfLayer(c, w.Name);
        string tap = c.Writer.Apply(isKeras ? (op == "RNN" ? "SimpleRNN" : op) : "Ops." + op, [sequence], name, weights, [.. arguments]);
        int batch = isDistributed ? 1 : isHidden ? -1 : 0, front = isDistributed ? 1 : 0;
        if (needsY)
        {
            // (batch, time, directions x units), which the model has with the directions as an axis.
            string y = directions == 1 ? tap : c.Writer.Reshape(tap, c.Writer.Shape(tap).Slice(0, 2 + front) + Shape.Of(2, units));
            int[] axes = isBatchFirst ? [batch, 1 + front, directions == 1 ? -1 : 2 + front, 1 + directions + front] : [1 + front, directions == 1 ? -1 : 2 + front, batch, 1 + directions + front];
            c.Set(0, c.Writer.Value(y, axes, x.Type));
        }

        if (needsH)
        {
            c.Set(1, State(needsY || returnsState ? "state_h" : null));
        }

        if (needsC)
        {
            c.Set(2, State("state_c"));
        }

        TapValue State(string? suffix)
        {
            string state = suffix is null ? tap
                : directions == 1 ? $"{tap}.{suffix}"
                : c.Writer.Apply("Concatenate", [$"{tap}.forward_{suffix}", $"{tap}.backward_{suffix}"], null);
            if (directions == 2)
            {
                state = c.Writer.Reshape(state, c.Writer.Shape(state).Slice(0, 1 + front) + Shape.Of(2, units));
            }

            int[] axes = isBatchFirst ? [batch, directions == 1 ? -1 : 1 + front, directions + front] : [directions == 1 ? -1 : 1 + front, batch, directions + front];
            return c.Writer.Value(state, axes, x.Type);
        }
    }

    private static string[] Defaults(string op, int directions)
    {
        string[] one = op switch { "LSTM" => ["Sigmoid", "Tanh", "Tanh"], "GRU" => ["Sigmoid", "Tanh"], _ => ["Tanh"] };
        return directions == 1 ? one : [.. one, .. one];
    }

    private static void AddOwn(
        NodeContext c, string op, string direction, List<(string, ArgumentValue)> arguments, string[] activations, double[] alphas, double[] betas, bool isClipped, bool couplesGates, bool resetsAfter, TensorValue? lengths)
    {
        if (direction != "forward")
        {
            arguments.Add(("Direction", new EnumValue("RnnDirection", direction switch
            {
                "reverse" => "Reverse",
                "bidirectional" => "Bidirectional",
                _ => throw new ConversionException($"its direction is '{direction}'."),
            })));
        }

        if (!activations.SequenceEqual(Defaults(op, direction == "bidirectional" ? 2 : 1), StringComparer.OrdinalIgnoreCase))
        {
            arguments.Add(("Activations", TapeWriter.Texts(activations)));
        }

        if (alphas.Length > 0)
        {
            arguments.Add(("ActivationAlpha", Numbers(alphas)));
        }

        if (betas.Length > 0)
        {
            arguments.Add(("ActivationBeta", Numbers(betas)));
        }

        if (isClipped)
        {
            arguments.Add(("Clip", new NumberValue(c.Number("clip", 0))));
        }

        if (couplesGates)
        {
            arguments.Add(("InputForget", new BooleanValue(true)));
        }

        if (op == "GRU" && resetsAfter)
        {
            arguments.Add(("LinearBeforeReset", new BooleanValue(true)));
        }

        if (op == "LSTM" && c.Has(7))
        {
            arguments.Add(("Peepholes", new BooleanValue(true)));
        }

        if (lengths is not null)
        {
            arguments.Add(("Lengths", new TextValue(lengths is TapValue { Rank: 1 } tap ? tap.Name : throw new ConversionException("its sequence_lens must be an input of the network."))));
        }

        static ArrayValue Numbers(double[] values) => new(values.Select(v => (ArgumentValue)new NumberValue(v)).ToEquatableArray());
    }

    private static void AddInitialStates(NodeContext c, string op, List<(string, ArgumentValue)> arguments, int directions, int batchAxis, bool isDistributed, string sequence, int units)
    {
        int[] states = op == "LSTM" ? [5, 6] : [5];
        TensorValue?[] given = [.. states.Select(i => c.Has(i) && !(c.Value(i) is ConstantValue zero && zero.Data().All(v => v == 0)) ? c.Value(i) : null)];
        if (given.All(g => g is null))
        {
            return;
        }

        if (isDistributed)
        {
            throw new ConversionException("its sequences are parts of one sample, which cannot have initial states.");
        }

        int directionAxis = 1 - batchAxis;
        List<string> taps = [];
        for (int d = 0; d < directions; d++)
        {
            foreach (TensorValue? value in given)
            {
                if (value is not TapValue state)
                {
                    taps.Add(Fixed(value as ConstantValue, d));
                    continue;
                }

                TapValue one = directions == 1 ? state : Selection.Slice(c, c.Writer.Straighten(state), [(directionAxis, d, d + 1, 1)]);
                taps.Add(c.Writer.Arrange(one, one.BatchAxis >= 0 ? [batchAxis, 2] : [2]).Name);
            }
        }

        arguments.Add(("InitialState", taps.Count == 1 ? new TextValue(taps[0]) : TapeWriter.Texts(taps)));

        // The same numbers for each sample: added to a zero that each sample has, a comparison of a number with itself.
        string Fixed(ConstantValue? state, int direction)
        {
            double[] all = state?.Data() ?? new double[directions * units];
            int samples = all.Length / (directions * units);
            double[] Row(int sample) => all.AsSpan((batchAxis == 0 ? (sample * directions) + direction : (direction * samples) + sample) * units, units).ToArray();
            if (Enumerable.Range(1, samples - 1).Any(s => !Row(s).SequenceEqual(Row(0))))
            {
                throw new ConversionException("its constant initial states differ from sample to sample.");
            }

            string first = c.Writer.Apply("Ops.Slice", [sequence], null, ("Starts", TapeWriter.Integers(0, 0)), ("Ends", TapeWriter.Integers(1, 1)), ("Axes", TapeWriter.Integers(1, 2)));
            first = c.Writer.Reshape(first, Shape.Of(Size.Batch, 1));
            string zero = c.Writer.Apply("Ops.Greater", [first, first], null);
            return c.Writer.Apply("Add", [zero, c.ConstantTap(ConstantValue.Of(DataType.Float, [units], Row(0)))], null);
        }
    }

    /// <summary>The weights in Keras's layout: (features, gates x units), (units, gates x units), and one bias where ONNX has two.</summary>
    private static List<(string, ConstantValue)> Weights(string op, int[] gates, int units, int directions, ConstantValue w, ConstantValue r, ConstantValue? b, bool resetsAfter, ConstantValue? peepholes)
    {
        List<(string, ConstantValue)> weights = [];
        for (int d = 0; d < directions; d++)
        {
            string prefix = directions == 1 ? "" : d == 0 ? "forward/" : "backward/";
            int direction = d;
            weights.Add((prefix + "kernel", Matrix(w, direction)));
            weights.Add((prefix + "recurrent_kernel", Matrix(r, direction)));
            if (b is not null)
            {
                int size = gates.Length * units;
                bool isTwo = op == "GRU" && resetsAfter;
                weights.Add((prefix + "bias", ConstantValue.OfFloats(isTwo ? [2, size] : [size], () =>
                {
                    float[] all = b.Floats(), bias = new float[isTwo ? 2 * size : size];
                    for (int g = 0; g < gates.Length; g++)
                    {
                        for (int u = 0; u < units; u++)
                        {
                            float input = all[(direction * 2 * size) + (gates[g] * units) + u], recurrent = all[(direction * 2 * size) + size + (gates[g] * units) + u];
                            bias[(g * units) + u] = isTwo ? input : input + recurrent;
                            if (isTwo)
                            {
                                bias[size + (g * units) + u] = recurrent;
                            }
                        }
                    }

                    return bias;
                })));
            }

            if (peepholes is not null)
            {
                weights.Add((prefix + "peephole", ConstantValue.OfFloats([3, units], () => peepholes.Floats().AsSpan(direction * 3 * units, 3 * units).ToArray())));
            }
        }

        return weights;

        ConstantValue Matrix(ConstantValue all, int direction)
        {
            int inner = all.Shape[2], columns = gates.Length * units;
            return ConstantValue.OfFloats([inner, columns], () =>
            {
                float[] source = all.Floats(), matrix = new float[inner * columns];
                for (int g = 0; g < gates.Length; g++)
                {
                    for (int u = 0; u < units; u++)
                    {
                        int row = ((direction * columns) + (gates[g] * units) + u) * inner;
                        for (int i = 0; i < inner; i++)
                        {
                            matrix[(i * columns) + (g * units) + u] = source[row + i];
                        }
                    }
                }

                return matrix;
            });
        }
    }
}
