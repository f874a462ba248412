using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Ops that treat each element alone.</summary>
internal static class Elementwise
{
    /// <summary>A layer with one input whose shape it keeps.</summary>
    public static Action<NodeContext> Unary(string kind, bool isNonNegative = false) => c => Unary(c, kind, isNonNegative);

    public static TapValue Unary(NodeContext c, string kind, bool isNonNegative, params (string Name, ArgumentValue Value)[] arguments)
    {
        TapValue x = c.Tap(0);
        TapValue y = x with { Name = c.Writer.Apply(kind, [x.Name], null, arguments), IsNonNegative = isNonNegative };
        c.Set(y);
        return y;
    }

    public static void Truth(NodeContext c, string kind)
    {
        TapValue x = c.Tap(0);
        c.Set(x with { Name = c.Writer.Apply(kind, [x.Name], null), Type = DataType.Bool, IsNonNegative = true });
    }

    /// <summary>x as it is.</summary>
    public static void Identity(NodeContext c) => c.Set(c.Value(0));

    public static void Dropout(NodeContext c)
    {
        double rate = c.HasAttribute("ratio") || c.Opset < 12 ? c.Number("ratio", 0.5) : c.OptionalConstant(1)?.Data()[0] ?? 0.5;
        if (c.OptionalConstant(2)?.Data()[0] is { } training && training != 0 && rate != 0)
        {
            throw new ConversionException("training_mode is set: what it gives is random.");
        }

        if (c.Value(0) is not TapValue x)
        {
            c.Set(c.Value(0));
            return;
        }

        c.Set(rate is > 0 and < 1 ? x with { Name = c.Writer.Apply("Dropout", [x.Name], null, ("Rate", new NumberValue(rate))) } : x);
        if (c.Needs(1))
        {
            // Nothing is dropped.
            TapValue y = (TapValue)c.Outputs[0];
            string zeros = c.Writer.Apply("Rescaling", [y.Name], null, ("Scale", new NumberValue(0)), ("Offset", new NumberValue(1)));
            c.Set(1, y with { Name = zeros, Type = DataType.Bool });
        }
    }

    public static void Clip(NodeContext c)
    {
        TensorValue? low = c.Opset < 11 ? Of(c.Number("min", double.NegativeInfinity)) : c.Optional(1), high = c.Opset < 11 ? Of(c.Number("max", double.PositiveInfinity)) : c.Optional(2);
        TapValue x = c.Tap(0);
        if (low is TapValue || high is TapValue)
        {
            // Limits that are computed: ONNX takes the upper one last.
            TensorValue y = low is null ? x : Merge(c, "Maximum", [x, low], x.Type);
            c.Set(high is null ? y : Merge(c, "Minimum", [y, high], x.Type));
            return;
        }

        double min = (low as ConstantValue)?.Data().SingleOrDefault(double.NegativeInfinity) ?? double.NegativeInfinity;
        double max = (high as ConstantValue)?.Data().SingleOrDefault(double.PositiveInfinity) ?? double.PositiveInfinity;
        (string kind, List<(string, ArgumentValue)> arguments) = ("Ops.Clip", []);
        if (min == 0 && max >= float.MaxValue)
        {
            kind = "ReLU";
        }
        else if (min == 0 && max == 6)
        {
            kind = "ReLU6";
        }
        else
        {
            AddLimit("Min", min);
            AddLimit("Max", max);
        }

        if (kind == "Ops.Clip" && arguments.Count == 0)
        {
            c.Set(x);
            return;
        }

        Unary(c, kind, min >= 0, [.. arguments]);

        static ConstantValue Of(double limit) => ConstantValue.Of(DataType.Float, [], [limit]);

        void AddLimit(string name, double limit)
        {
            if (!double.IsInfinity(limit))
            {
                arguments.Add((name, new NumberValue(limit)));
            }
        }
    }

    public static void HardSigmoid(NodeContext c)
    {
        (double alpha, double beta) = (c.Number("alpha", 0.2), c.Number("beta", 0.5));
        bool isKeras = Math.Abs(alpha - (1 / 6.0)) < 1e-7 && beta == 0.5;
        Unary(c, isKeras ? "HardSigmoid" : "Ops.HardSigmoid", true, isKeras ? [] : [("Alpha", new NumberValue(alpha)), ("Beta", new NumberValue(beta))]);
    }

    public static void Selu(NodeContext c)
    {
        (double alpha, double gamma) = (c.Number("alpha", 1.6732632), c.Number("gamma", 1.050701));
        bool isUsual = Math.Abs(alpha - 1.6732632423543772) < 1e-6 && Math.Abs(gamma - 1.0507009873554805) < 1e-6;
        Unary(c, isUsual ? "SELU" : "Ops.Selu", false, isUsual ? [] : [("Alpha", new NumberValue(alpha)), ("Gamma", new NumberValue(gamma))]);
    }

    /// <summary>Add, Sub, Mul and Div of two tensors.</summary>
    public static Action<NodeContext> Arithmetic(string op) => c =>
    {
        TensorValue a = c.Value(0), b = Aligned(c, a, c.Value(1));
        if (a is not TapValue && b is not TapValue)
        {
            c.Set(Known(op, a, b));
            return;
        }

        if (Patterns.TryAffine(c, op) || (op is "Mul" or "Div" && (Patterns.TryNormalization(c) || Patterns.TryActivation(c))))
        {
            return;
        }

        bool isWholeDivision = op == "Div" && a.IsInteger;
        if (!isWholeDivision && (a as TapValue ?? b as TapValue) is { } x && (a as ConstantValue ?? b as ConstantValue) is { Count: 1 } constant && constant.Rank <= x.Rank && Rescale(op, constant.Data()[0], a is ConstantValue) is { } scale)
        {
            List<(string, ArgumentValue)> arguments = [("Scale", new NumberValue(scale.Scale))];
            if (scale.Offset != 0)
            {
                arguments.Add(("Offset", new NumberValue(scale.Offset)));
            }

            c.Set(x with { Name = c.Writer.Apply("Rescaling", [x.Name], null, [.. arguments]), IsNonNegative = x.IsNonNegative && scale is { Scale: >= 0, Offset: >= 0 } });
            return;
        }

        string kind = op switch { "Add" => "Add", "Sub" => "Subtract", "Mul" => "Multiply", _ => "Ops.Div" };
        TapValue y = Merge(c, kind, [a, b], a.Type);
        y = y with { IsNonNegative = op is "Add" or "Mul" && a is TapValue { IsNonNegative: true } && b is TapValue { IsNonNegative: true } };
        c.Set(isWholeDivision ? y with { Name = Cast(c, y.Name, a.Type) } : y);
    };

    /// <summary>An op of several tensors whose shapes are broadcast.</summary>
    public static Action<NodeContext> Broadcast(string kind, DataType? type = null, params (string Name, ArgumentValue Value)[] arguments) => c =>
    {
        IReadOnlyList<TensorValue> values = c.Values();
        values = values.Count == 2 ? [values[0], Aligned(c, values[0], values[1])] : values;
        c.Set(values.Count == 1 ? values[0] : Merge(c, kind, values, type ?? values[0].Type, arguments));
    };

    public static void PRelu(NodeContext c)
    {
        // Up to opset 6 a slope is one for each channel.
        TensorValue slope = c.Value(1);
        int space = c.Value(0).Rank - 2;
        c.Set(Merge(c, "Ops.PRelu", [c.Value(0), c.Opset < 7 && slope is ConstantValue { Rank: 1, Count: > 1 } known && space > 0 ? known.Reshaped([known.Count, .. Enumerable.Repeat(1, space)]) : slope], c.Value(0).Type));
    }

    public static void Where(NodeContext c) => c.Set(Merge(c, "Ops.Where", c.Values(), c.Value(1).Type));

    public static void Mod(NodeContext c)
    {
        bool isFmod = c.Integer("fmod", 0) != 0;
        c.Set(Merge(c, "Ops.Mod", c.Values(), c.Value(0).Type, isFmod ? [("Fmod", new BooleanValue(true))] : []));
    }

    public static void Pow(NodeContext c)
    {
        TensorValue a = c.Value(0), b = Aligned(c, a, c.Value(1));
        if (a is TapValue x && b is ConstantValue { Count: 1 } exponent && exponent.Rank <= x.Rank && exponent.Data()[0] is var power && power is 1 or 2 or 0.5)
        {
            c.Set(power == 1 ? x : power == 2 ? x with { Name = c.Writer.Apply("Multiply", [x.Name, x.Name], null), IsNonNegative = true } : x with { Name = c.Writer.Apply("Ops.Sqrt", [x.Name], null) });
            return;
        }

        TapValue y = Merge(c, "Ops.Pow", [a, b], a.Type);
        c.Set(a.IsInteger && !b.IsInteger ? y with { Name = Cast(c, y.Name, a.Type) } : y);
    }

    public static void Cast(NodeContext c) => Cast(c, (DataType)c.Integer("to"));

    public static void CastLike(NodeContext c) => Cast(c, c.Value(1).Type);

    public static void IsInf(NodeContext c)
    {
        TapValue x = c.Tap(0);
        c.Set(x with
        {
            Name = c.Writer.Apply("Ops.IsInf", [x.Name], null, ("DetectNegative", new BooleanValue(c.Integer("detect_negative", 1) != 0)), ("DetectPositive", new BooleanValue(c.Integer("detect_positive", 1) != 0))),
            Type = DataType.Bool,
        });
    }

    /// <summary>Applies a layer to broadcast operands.</summary>
    public static TapValue Merge(NodeContext c, string kind, IReadOnlyList<TensorValue> values, DataType type, params (string Name, ArgumentValue Value)[] arguments)
    {
        (IReadOnlyList<string> taps, IReadOnlyList<int> axes) = Broadcasting.Align(c, values);
        return c.Writer.Value(c.Writer.Apply(kind, taps, c.Name, arguments), axes, type);
    }

    /// <summary>Up to opset 6 the second operand of arithmetic may begin at an axis of the first, rather than end with its last.</summary>
    private static TensorValue Aligned(NodeContext c, TensorValue a, TensorValue b)
    {
        if (c.Opset > 6 || c.Integer("broadcast", 0) == 0 || !c.HasAttribute("axis"))
        {
            return b;
        }

        int behind = a.Rank - NodeContext.Axis(c.Integer("axis", 0), a.Rank) - b.Rank;
        return behind <= 0 ? b : b switch
        {
            ConstantValue constant => constant.Reshaped([.. constant.Shape, .. Enumerable.Repeat(1, behind)]),
            TapValue tap => c.Writer.Straighten(tap) is var plain ? plain with { Axes = plain.Axes.Concat(Enumerable.Repeat(-1, behind)).ToEquatableArray() } : tap,
            _ => b,
        };
    }

    private static string Cast(NodeContext c, string tap, DataType type) => c.Writer.Apply("Ops.Cast", [tap], null, ("To", OnnxTypeOf(type)));

    private static void Cast(NodeContext c, DataType to)
    {
        switch (c.Value(0))
        {
            case ConstantValue constant:
                c.Set(Convert(constant, to));
                return;
            case SizesValue sizes:
                c.Set(sizes);
                return;
        }

        TapValue x = c.Tap(0);
        if (OnnxTensor.Width(to) is null)
        {
            throw new ConversionException($"it casts to {OnnxTensor.TypeName(to)}, which NetGen has not.");
        }

        c.Set(IsExact(x.Type, to) ? x with { Type = to } : x with { Name = Cast(c, x.Name, to), Type = to });
    }

    /// <summary>Whether every number of one type is one of the other, as float32 holds them.</summary>
    private static bool IsExact(DataType from, DataType to) =>
        from == to || from == DataType.Bool || to is DataType.Float or DataType.Double
        || (from is DataType.Uint8 && to is DataType.Int16 or DataType.Uint16 or DataType.Int32 or DataType.Uint32 or DataType.Int64 or DataType.Uint64)
        || (from is DataType.Int8 or DataType.Int16 or DataType.Int32 && to is DataType.Int64 or DataType.Int32);

    private static ConstantValue Convert(ConstantValue constant, DataType to)
    {
        Func<double, double>? convert = to switch
        {
            DataType.Float => x => (float)x,
            DataType.Double => null,
            DataType.Float16 => x => (double)(Half)(float)x,
            DataType.Bool => x => x != 0 ? 1 : 0,
            DataType.Int64 => x => constant.IsInteger ? x : (long)x,
            DataType.Int32 => x => unchecked((int)(long)x),
            DataType.Int16 => x => unchecked((short)(long)x),
            DataType.Int8 => x => unchecked((sbyte)(long)x),
            DataType.Uint8 => x => unchecked((byte)(long)x),
            DataType.Uint16 => x => unchecked((ushort)(long)x),
            DataType.Uint32 => x => unchecked((uint)(long)x),
            DataType.Uint64 => x => constant.IsInteger ? x : (ulong)x,
            DataType.Bfloat16 => x => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits((float)x) + 0x7FFF + ((BitConverter.SingleToInt32Bits((float)x) >> 16) & 1)) & ~0xFFFF),
            _ => throw new ConversionException($"it casts to {OnnxTensor.TypeName(to)}, which NetGen has not."),
        };
        bool isSame = constant.Type == to || (to == DataType.Float && constant.Type is DataType.Float16 or DataType.Bfloat16);
        return constant.WithType(to, isSame ? null : convert);
    }

    private static EnumValue OnnxTypeOf(DataType type) => new("OnnxType", type switch
    {
        DataType.Bfloat16 => "BFloat16",
        DataType.Uint8 => "UInt8",
        DataType.Uint16 => "UInt16",
        DataType.Uint32 => "UInt32",
        DataType.Uint64 => "UInt64",
        _ => type.ToString(),
    });

    private static (double Scale, double Offset)? Rescale(string op, double number, bool isFirst) => op switch
    {
        _ when !double.IsFinite(number) => null,
        "Add" => (1, number),
        "Sub" => isFirst ? (-1, number) : (1, -number),
        "Mul" => (number, 0),
        _ => isFirst || number == 0 ? null : (1 / number, 0),
    };

    /// <summary>Of constants, or of sizes that are known only at run time.</summary>
    private static TensorValue Known(string op, TensorValue a, TensorValue b)
    {
        if (a is ConstantValue x && b is ConstantValue y)
        {
            return ConstantMath.Binary(x, y, op switch
            {
                "Add" => (p, q) => p + q,
                "Sub" => (p, q) => p - q,
                "Mul" => (p, q) => p * q,
                _ when a.IsInteger => (p, q) => q == 0 ? throw new ConversionException("it divides by 0.") : Math.Truncate(p / q),
                _ => (p, q) => p / q,
            });
        }

        (IReadOnlyList<Size>? left, IReadOnlyList<Size>? right) = (SizesValue.Read(a), SizesValue.Read(b));
        if (left is null || right is null || (left.Count != right.Count && left.Count != 1 && right.Count != 1))
        {
            throw new ConversionException("it computes with sizes that are known only at run time.");
        }

        Size[] values = [.. Enumerable.Range(0, Math.Max(left.Count, right.Count)).Select(i =>
        {
            Size p = left[left.Count == 1 ? 0 : i], q = right[right.Count == 1 ? 0 : i];
            return op switch
            {
                "Mul" => p * q,
                "Add" when q.IsConstant => p.Affine(q.Constant, 1),
                "Add" when p.IsConstant => q.Affine(p.Constant, 1),
                "Sub" when q.IsConstant => p.Affine(-q.Constant, 1),
                "Div" when p.Divide(q) is { } quotient => quotient,
                "Div" when q.IsConstant && q.Constant > 0 => p.Affine(0, q.Constant),
                _ => throw new ConversionException("it computes with sizes that are known only at run time."),
            };
        })];
        return SizesValue.Of(values, a.Rank == 0 && b.Rank == 0);
    }
}
