using System.Globalization;

namespace NetGen.Generator;

/// <summary>Prints schedules as C#: programs as lists of calls, and each kernel once. It decides nothing.</summary>
internal static class KernelEmitter
{
    /// <summary>The file with the programs and kernels of a network, which the shell reaches through a partial method.</summary>
    public static string Emit(TypeSpec type, ProgramSchedule inference, ProgramSchedule? training, EmitOptions options)
    {
        CodeWriter code = new();
        GeneratedHeader.Write(code);
        using (code.Braces("namespace " + Namespace(type)))
        {
            GeneratedHeader.Usings(code);
            code.Line();
            EmitInference(code, inference, options);
            if (training is not null)
            {
                code.Line();
                EmitTraining(code, training, options);
            }

            code.Line();
            code.Line("/// <summary>The kernels, each once, named by technique and shapes.</summary>");
            using (code.Braces("file static class Kernels"))
            {
                IEnumerable<Kernel> run = WholeNet.Of(inference) is null ? inference.Kernels : ProgramSchedule.KernelsOf(inference.Lists[0].Steps);
                IEnumerable<Kernel> kernels = run.Concat(training?.Kernels ?? []);
                Kernel[] distinct = [.. kernels.Distinct().OrderBy(k => k.Name, StringComparer.Ordinal)];
                ITile[] tiles = [.. distinct.SelectMany(k => k.Shared).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal)];
                if (distinct.Select(k => k.Name).Concat(tiles.Select(t => t.Name)).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } same)
                {
                    throw new InvalidOperationException($"Two kernels are named {same.Key}.");
                }

                foreach (Kernel kernel in distinct)
                {
                    kernel.Emit(code, options);
                }

                foreach (ITile tile in tiles)
                {
                    tile.Emit(code, options);
                }
            }
        }

        code.Line();
        EmitHooks(code, type, training is not null);
        return code.ToString();
    }

    /// <summary>A namespace of the network's own, so that no name in it can collide with the user's. An @ may stand at its beginning only.</summary>
    public static string Namespace(TypeSpec type) =>
        "NetGen.Emitted." + string.Concat(type.FullName.Select((c, i) => c switch { '@' when i > 0 => "", '.' => "_", '_' => "__", _ => c.ToString() }));

    private static void EmitHooks(CodeWriter code, TypeSpec type, bool training)
    {
        PartialType.Write(code, type, "", () =>
        {
            code.Line($"static partial void CreateInference(ref global::NetGen.InferenceProgram? program) => program = new global::{Namespace(type)}.Inference();");
            if (training)
            {
                code.Line();
                code.Line($"static partial void CreateTraining(ref global::NetGen.TrainingProgram? program) => program = new global::{Namespace(type)}.Training();");
            }
        });
    }

    private static void EmitInference(CodeWriter code, ProgramSchedule schedule, EmitOptions options)
    {
        code.Line($"/// <summary>Inference. {Kernel.Xml(schedule.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class Inference : InferenceProgram"))
        {
            code.Line($"public override int Tile => {InferenceTile.Of(schedule)};");
            code.Line($"public override long WorkPerSample => {Literal.Of(InferenceTile.WorkPerSample(schedule))};");
            EmitCommon(code, schedule);
            EmitPlaces(code, schedule.Prepared);
            EmitOutputLengths(code, schedule);
            EmitList(code, schedule, schedule.Lists[0], options);
            if (WholeNet.Of(schedule) is { } whole)
            {
                WholeNetEmitter.Emit(code, whole, options);
            }
            else
            {
                EmitList(code, schedule, schedule.Lists[1], options);
            }
        }
    }

    private static void EmitTraining(CodeWriter code, ProgramSchedule schedule, EmitOptions options)
    {
        code.Line($"/// <summary>Training. {Kernel.Xml(schedule.Arena.ToString())}.</summary>");
        using (code.Braces("internal sealed class Training : TrainingProgram"))
        {
            code.Line($"public override long WorkPerSample => {Literal.Of(InferenceTile.WorkPerSample(schedule))};");
            EmitCommon(code, schedule);
            EmitOutputLengths(code, schedule);
            foreach (StepList list in schedule.Lists)
            {
                EmitList(code, schedule, list, options);
            }
        }
    }

    private static void EmitCommon(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line();
        code.Line($"public override nint PreparedLength => {Literal.Of(schedule.Prepared.Floats)};");
        if (schedule.Constants.Count > 0)
        {
            code.Line();
            code.Line($"private static ReadOnlySpan<float> Constants => [{string.Join(", ", schedule.Constants.Select(Literal.Single))}];");
        }

        code.Line();
        using (code.Braces("public override nint ArenaLength(in Frame frame)"))
        {
            EmitSizes(code, schedule);
            string length = string.Join(" + ", schedule.Arena.Zones.Select(z => $"({Literal.Size(z.Length)})"));
            code.Line($"return {(length.Length == 0 ? "0" : length)};");
        }
    }

    private static void EmitPlaces(CodeWriter code, PreparedPlan prepared)
    {
        code.Line();
        code.Line($"public override nint ScratchLength => {Literal.Of(prepared.ScratchFloats)};");
        code.Line();
        code.Line($"public override ReadOnlySpan<int> Places => [{string.Join(", ", prepared.Places.Select(p => Literal.Of(p)))}];");
    }

    private static void EmitOutputLengths(CodeWriter code, ProgramSchedule schedule)
    {
        code.Line();
        using (code.Braces("public override nint OutputLength(int output, in Frame frame)"))
        {
            EmitSizes(code, schedule);
            string cases = string.Join(", ", schedule.OutputLengths.Select((l, i) => FormattableString.Invariant($"{i} => {Literal.Size(l)}")));
            code.Line($"return output switch {{ {cases}, _ => throw new ArgumentOutOfRangeException(nameof(output)) }};");
        }
    }

    private static void EmitSizes(CodeWriter code, ProgramSchedule schedule)
    {
        for (int i = 0; i < schedule.Sizes.Count; i++)
        {
            code.Line($"nint {schedule.Sizes[i]} = frame.Size({i});");
        }

        if (schedule.Arena.Zones.Any(z => z.IsPerPart))
        {
            code.Line($"nint {Dim.Parts} = frame.PartCount;");
        }
    }

    private static void EmitList(CodeWriter code, ProgramSchedule schedule, StepList list, EmitOptions options)
    {
        string name = char.ToUpperInvariant(list.Name[0]) + list.Name.Substring(1);
        code.Line();
        options.Optimize(code);
        using (code.Braces($"public override void {name}(in Frame frame)"))
        {
            if (list.Steps.Count == 0)
            {
                return;
            }

            EmitSizes(code, schedule);
            List<Region> regions = [.. list.Steps.SelectMany(s => s.Buffers).Select(b => b.Region).Distinct()];
            foreach ((Region region, string local) in new[] { (Region.Weights, "Weights"), (Region.Prepared, "Prepared"), (Region.Scratch, "Scratch"), (Region.Gradients, "Gradients"), (Region.Arena, "Arena") })
            {
                if (regions.Contains(region))
                {
                    // Prepare's scratch memory is the arena of its call.
                    code.Line($"ref float {local.ToLowerInvariant()} = ref frame.{(region == Region.Scratch ? "Arena" : local)};");
                }
            }

            if (regions.Contains(Region.Constants))
            {
                code.Line("ref float constants = ref MemoryMarshal.GetReference(Constants);");
            }

            if (regions.Contains(Region.Arena))
            {
                EmitZones(code, schedule);
            }

            if (list.Steps.Any(s => s.Kernel.Units is not null))
            {
                code.Line("nint start, end;");
            }

            EmitSegments(code, list.Steps, Need.Always, step => EmitStep(code, schedule, step));
        }
    }

    /// <summary>Steps that run under the same condition stand together in one block.</summary>
    private static void EmitSegments(CodeWriter code, EquatableArray<Step> steps, Need around, Action<Step> emit)
    {
        for (int i = 0; i < steps.Count;)
        {
            Need need = steps[i].Need;
            using (need == around ? null : (CodeWriter.Block?)code.Braces($"if (frame.IsAnyLive({Literal.Bits(need.Toggles)}))"))
            {
                for (; i < steps.Count && steps[i].Need == need; i++)
                {
                    emit(steps[i]);
                }
            }
        }
    }

    private static void EmitZones(CodeWriter code, ProgramSchedule schedule)
    {
        string start = "0";
        for (int i = 0; i < schedule.Arena.Zones.Count; i++)
        {
            code.Line($"nint zone{i} = {start};");
            start = $"zone{i} + ({Literal.Size(schedule.Arena.Zones[i].Length)})";
        }
    }

    private static void EmitStep(CodeWriter code, ProgramSchedule schedule, Step step)
    {
        code.Line();
        if (step.Scope.Length > 0)
        {
            code.Line("// " + step.Scope);
        }

        if (step.SyncBefore)
        {
            code.Line("frame.Sync();");
        }

        if (step.Kernel is LoopKernel loop)
        {
            string fused = step.UnlessFused >= 0 ? $" && !frame.IsFused({step.UnlessFused})" : "";
            using (code.Braces($"if (frame.IsFirst{fused})"))
            using (code.Braces($"for (nint step = 0; step < {Literal.Size(loop.Time)}; step++)"))
            {
                code.Line(loop.IsReverse ? $"nint at = {Literal.Size(loop.Time)} - 1 - step;" : "nint at = step;");
                EmitSegments(code, loop.Body, step.Need, inner => code.Line($"{Call(schedule, inner, inner.Kernel.Units is { } all ? ["0", Literal.Size(all)] : [])};"));
            }

            return;
        }

        List<string> conditions = [];
        if (step.UnlessFused >= 0)
        {
            conditions.Add($"!frame.IsFused({step.UnlessFused})");
        }

        if (step.Kernel.Units is { } units)
        {
            code.Line($"frame.Split({Literal.Size(units)}, out start, out end);");
            conditions.Add("start < end");
        }
        else
        {
            conditions.Add("frame.IsFirst");
        }

        code.Line($"if ({string.Join(" && ", conditions)}) {Call(schedule, step, step.Kernel.Units is null ? [] : ["start", "end"])};");
        foreach (int parameter in step.Releases)
        {
            code.Line($"frame.Release({Literal.Of(parameter)});");
        }
    }

    private static string Call(ProgramSchedule schedule, Step step, IReadOnlyList<string> range)
    {
        IEnumerable<string> arguments =
        [
            .. step.Buffers.Select(b => Reference(schedule, b)),
            .. step.Kernel.Sizes,
            .. step.Kernel.UsesFrame ? ["in frame"] : Array.Empty<string>(),
            .. range,
        ];
        return $"Kernels.{step.Kernel.Name}({string.Join(", ", arguments)})";
    }

    private static string Reference(ProgramSchedule schedule, Buffer buffer)
    {
        string slot = buffer.Slot.ToString(CultureInfo.InvariantCulture);
        return buffer.Region switch
        {
            Region.Input => $"ref frame.Input({slot})",
            Region.Output => $"ref frame.Output({slot})",
            Region.OutputGradient => $"ref frame.OutputGradient({slot})",
            Region.Toggle => $"ref frame.Toggle({slot})",
            Region.Parameter => $"ref frame.Parameter({slot})",
            Region.Arena => $"ref Unsafe.Add(ref arena, {ArenaOffset(schedule, buffer)})",
            _ => $"ref Unsafe.Add(ref {buffer.Region.ToString().ToLowerInvariant()}, {Literal.Of(buffer.Offset)})",
        };
    }

    private static string ArenaOffset(ProgramSchedule schedule, Buffer buffer)
    {
        int zone = schedule.Arena.Zones.Items.IndexOf(schedule.Arena.Zones.First(z => z.Symbols == buffer.Length.Symbols));
        return buffer.Offset == 0 ? "zone" + Literal.Of(zone) : $"zone{zone} + ({Literal.Size(new Dim(buffer.Offset, buffer.Length.Symbols))})";
    }
}
