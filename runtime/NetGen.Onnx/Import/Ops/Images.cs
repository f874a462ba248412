using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Ops that change the size of maps.</summary>
internal static class Images
{
    public static void DepthToSpace(NodeContext c)
    {
        Maps x = Maps.Of(c);
        List<(string, ArgumentValue)> arguments = [("Blocksize", new IntegerValue(c.Integer("blocksize")))];
        if (c.Text("mode", "DCR") == "CRD")
        {
            arguments.Add(("Mode", new EnumValue("DepthToSpaceMode", "CRD")));
        }

        c.Set(x.Result(c, x.Apply(c, "Ops.DepthToSpace", null, [], arguments)) with { IsNonNegative = x.IsNonNegative });
    }

    public static void SpaceToDepth(NodeContext c)
    {
        Maps x = Maps.Of(c);
        c.Set(x.Result(c, x.Apply(c, "Ops.SpaceToDepth", null, [], [("Blocksize", new IntegerValue(c.Integer("blocksize")))])) with { IsNonNegative = x.IsNonNegative });
    }

    public static void Upsample(NodeContext c)
    {
        double[] scales = (c.Opset < 9 ? c.Numbers("scales") : c.Constant(1).Data()) ?? throw new ConversionException("its scales are missing.");
        bool isNearest = c.Text("mode", "nearest") == "nearest";
        Resize(c, scales, null, isNearest ? "Nearest" : "Linear", "Asymmetric", "Floor", []);
    }

    public static void Resize(NodeContext c)
    {
        bool isOld = c.Opset < 11;
        double[]? scales = isOld ? c.Constant(1).Data() : c.OptionalConstant(2) is { Count: > 0 } s ? s.Data() : null;
        long[]? sizes = !isOld && c.OptionalConstant(3) is { Count: > 0 } z ? z.Longs() : null;
        string mode = c.Text("mode", "nearest") switch
        {
            "nearest" => "Nearest",
            "linear" or "bilinear" => "Linear",
            "cubic" => "Cubic",
            var other => throw new ConversionException($"its mode is '{other}'."),
        };
        string coordinates = isOld ? "Asymmetric" : c.Text("coordinate_transformation_mode", "half_pixel") switch
        {
            "half_pixel" => "HalfPixel",
            "pytorch_half_pixel" => "PytorchHalfPixel",
            "align_corners" => "AlignCorners",
            "asymmetric" => "Asymmetric",
            "half_pixel_symmetric" => "HalfPixelSymmetric",
            "tf_crop_and_resize" => "TfCropAndResize",
            "tf_half_pixel_for_nn" => "TfHalfPixelForNn",
            var other => throw new ConversionException($"its coordinate_transformation_mode is '{other}'."),
        };
        string rounding = isOld ? "Floor" : c.Text("nearest_mode", "round_prefer_floor") switch
        {
            "round_prefer_floor" => "RoundPreferFloor",
            "round_prefer_ceil" => "RoundPreferCeil",
            "floor" => "Floor",
            "ceil" => "Ceil",
            var other => throw new ConversionException($"its nearest_mode is '{other}'."),
        };
        if (c.Integer("antialias", 0) != 0 || c.Text("keep_aspect_ratio_policy", "stretch") != "stretch")
        {
            throw new ConversionException("antialias and keep_aspect_ratio_policy are not supported.");
        }

        List<(string, ArgumentValue)> more = [];
        int rank = c.Value(0).Rank;
        int[] axes = c.Integers("axes") is { } some ? NodeContext.Axes(some, rank) : [.. Enumerable.Range(0, rank)];
        if (mode == "Cubic" && c.Number("cubic_coeff_a", -0.75) is var a && a != -0.75)
        {
            more.Add(("CubicA", new NumberValue(a)));
        }

        if (c.Integer("exclude_outside", 0) != 0)
        {
            more.Add(("ExcludeOutside", new BooleanValue(true)));
        }

        if (coordinates == "TfCropAndResize")
        {
            if (c.Number("extrapolation_value", 0) is var outside && outside != 0)
            {
                more.Add(("ExtrapolationValue", new NumberValue(outside)));
            }

            double[] roi = c.Constant(1).Data();
            double[] full = [.. Enumerable.Repeat(0.0, rank), .. Enumerable.Repeat(1.0, rank)];
            for (int i = 0; i < axes.Length; i++)
            {
                (full[axes[i]], full[rank + axes[i]]) = (roi[i], roi[axes.Length + i]);
            }

            more.Add(("Roi", new ArrayValue(full[2..rank].Concat(full[(rank + 2)..]).Select(v => (ArgumentValue)new NumberValue(v)).ToEquatableArray())));
        }

        Resize(c, Full(scales, 1), Full(sizes, -1), mode, coordinates, rounding, more);

        T[]? Full<T>(T[]? values, T other)
        {
            if (values is null || values.Length == rank)
            {
                return values;
            }

            if (values.Length != axes.Length)
            {
                throw new ConversionException($"it has {values.Length} scales or sizes for {axes.Length} axes.");
            }

            T[] full = [.. Enumerable.Repeat(other, rank)];
            for (int i = 0; i < axes.Length; i++)
            {
                full[axes[i]] = values[i];
            }

            return full;
        }
    }

    private static void Resize(NodeContext c, double[]? scales, long[]? sizes, string mode, string coordinates, string rounding, List<(string, ArgumentValue)> more)
    {
        Maps x = Maps.Of(c);
        int rank = x.Space + 2;
        if ((scales?.Length ?? sizes?.Length) != rank)
        {
            throw new ConversionException("it has neither scales nor sizes for all axes.");
        }

        IReadOnlyList<Size> dims = c.Value(0).Dims;
        for (int i = 0; i < 2; i++)
        {
            bool isSame = scales is not null ? scales[i] == 1 : sizes![i] == -1 || dims[i] == sizes[i] || (i == 0 && sizes[i] == (c.Samples ?? 1));
            if (!isSame)
            {
                throw new ConversionException("it resizes the batch or the channels.");
            }
        }

        bool isRepeat = scales is not null && mode == "Nearest" && coordinates == "Asymmetric" && rounding == "Floor" && x.Space <= 2 && scales.Skip(2).All(s => s >= 1 && s == Math.Floor(s) && s < 1 << 16);
        if (isRepeat)
        {
            c.Set(x.Result(c, x.Apply(c, $"UpSampling{x.Space}D", null, [], [("Size", TapeWriter.Same([.. scales!.Skip(2).Select(s => (int)s)]))])) with { IsNonNegative = x.IsNonNegative });
            return;
        }

        List<(string, ArgumentValue)> arguments = [];
        if (scales is not null)
        {
            arguments.Add(("Scales", new ArrayValue(scales.Skip(2).Select(s => (ArgumentValue)new NumberValue(s)).ToEquatableArray())));
        }
        else
        {
            arguments.Add(("Sizes", TapeWriter.Integers(sizes!.Skip(2).Select((s, i) => s == -1 ? (int)dims[i + 2].Constant : (int)Math.Min(s, int.MaxValue)))));
        }

        if (mode != "Nearest")
        {
            arguments.Add(("Mode", new EnumValue("ResizeMode", mode)));
        }

        if (coordinates != "HalfPixel")
        {
            arguments.Add(("Coordinates", new EnumValue("ResizeCoordinates", coordinates)));
        }

        if (mode == "Nearest" && rounding != "RoundPreferFloor")
        {
            arguments.Add(("Nearest", new EnumValue("NearestRounding", rounding)));
        }

        c.Set(x.Result(c, x.Apply(c, "Ops.Resize", null, [], [.. arguments, .. more])));
    }
}
