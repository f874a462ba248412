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
        Resize(c, scales, null, isNearest ? "Nearest" : "Linear", "Asymmetric", "Floor", null, []);
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
        double[]? roi = null;
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

            double[] given = c.Constant(1).Data();
            double[] full = [.. Enumerable.Repeat(0.0, rank), .. Enumerable.Repeat(1.0, rank)];
            for (int i = 0; i < axes.Length; i++)
            {
                (full[axes[i]], full[rank + axes[i]]) = (given[i], given[axes.Length + i]);
            }

            roi = full;
        }

        Resize(c, Full(scales, 1), Full(sizes, -1), mode, coordinates, rounding, roi, more);

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

    private static void Resize(NodeContext c, double[]? scales, long[]? sizes, string mode, string coordinates, string rounding, double[]? roi, List<(string, ArgumentValue)> more)
    {
        IReadOnlyList<Size> dims = c.Value(0).Dims;
        if ((scales?.Length ?? sizes?.Length) != dims.Count)
        {
            throw new ConversionException("it has neither scales nor sizes for all axes.");
        }

        int[] changed = [.. Enumerable.Range(0, dims.Count).Where(i => (scales is not null ? scales[i] != 1 : sizes![i] != -1 && dims[i] != sizes[i] && !(i == 0 && sizes[i] == (c.Samples ?? 1))) || (roi is not null && (roi[i], roi[dims.Count + i]) is not (0, 1)))];
        bool isMap = dims.Count > 2 && changed.All(a => a > 1);
        int[] axes = isMap ? [.. Enumerable.Range(2, dims.Count - 2)] : changed;
        if (axes.Length == 0)
        {
            c.Set(c.Value(0));
            return;
        }

        bool isRepeat = scales is not null && mode == "Nearest" && coordinates == "Asymmetric" && rounding == "Floor" && axes.Length <= 2 && axes.All(a => scales[a] >= 1 && scales[a] == Math.Floor(scales[a]) && scales[a] < 1 << 16);
        List<(string, ArgumentValue)> arguments = isRepeat ? [("Size", TapeWriter.Same([.. axes.Select(a => (int)scales![a])]))] : Arguments();
        string kind = isRepeat ? $"UpSampling{axes.Length}D" : "Ops.Resize";
        if (isMap)
        {
            Maps x = Maps.Of(c);
            c.Set(x.Result(c, x.Apply(c, kind, null, [], arguments)) with { IsNonNegative = x.IsNonNegative && mode != "Cubic" });
            return;
        }

        // Any other axes: those that change are the map's space, all others together its channels.
        TapValue any = c.Plain(0);
        if (axes.Contains(any.BatchAxis))
        {
            throw new BatchException("It resizes the batch.");
        }

        if (axes.Length > 3)
        {
            throw new ConversionException("it resizes more than three axes.");
        }

        int[] others = [.. Enumerable.Range(0, any.Rank).Where(a => a != any.BatchAxis && !axes.Contains(a))];
        int[] order = [.. any.BatchAxis >= 0 ? new[] { any.BatchAxis } : [], .. axes, .. others];
        TapValue arranged = c.Writer.Arrange(any, order);
        Size channels = others.Aggregate((Size)1, (all, a) => all * any.Dims[a]);
        string tap = c.Writer.Reshape(arranged.Name, Shape.Of([Size.Batch, .. axes.Select(a => any.Dims[a]), channels]));
        tap = c.Writer.Apply(kind, [tap], null, [.. arguments]);
        tap = c.Writer.Reshape(tap, c.Writer.Shape(tap).Slice(0, axes.Length + 1) + Shape.Of(others.Select(a => any.Dims[a])));
        int front = any.BatchAxis >= 0 ? 0 : 1;
        c.Set(c.Writer.Value(tap, Enumerable.Range(0, any.Rank).Select(a => Array.IndexOf(order, a) + front), any.Type));

        List<(string, ArgumentValue)> Arguments()
        {
            List<(string, ArgumentValue)> arguments = [];
            if (scales is not null)
            {
                arguments.Add(("Scales", new ArrayValue(axes.Select(a => (ArgumentValue)new NumberValue(scales[a])).ToEquatableArray())));
            }
            else
            {
                arguments.Add(("Sizes", TapeWriter.Integers(axes.Select(a => sizes![a] == -1 ? (int)dims[a].Constant : (int)Math.Min(sizes[a], int.MaxValue)))));
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

            if (roi is not null)
            {
                arguments.Add(("Roi", new ArrayValue(axes.Select(a => roi[a]).Concat(axes.Select(a => roi[dims.Count + a])).Select(v => (ArgumentValue)new NumberValue(v)).ToEquatableArray())));
            }

            arguments.AddRange(more);
            return arguments;
        }
    }
}
