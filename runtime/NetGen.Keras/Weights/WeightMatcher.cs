using System.Text;

namespace NetGen.Keras;

/// <summary>Finds the weights of a network in a file: layer by layer, by name or by order, and within a layer by name or by the order of Keras. Shapes are checked everywhere.</summary>
internal static class WeightMatcher
{
    private const int MostLines = 40;

    /// <summary>Steps of the search for an order; files that need more are of other models.</summary>
    private const int MostSteps = 200_000;

    /// <param name="file">The file.</param>
    /// <param name="wanted">The weights of the network.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="advice">A sentence on what to do where only some fit.</param>
    /// <exception cref="ModelFileException">Something does not fit, and that is not allowed; or nothing does.</exception>
    public static WeightMatch Match(KerasFile file, IReadOnlyList<WantedWeight> wanted, KerasWeightOptions options, string advice)
    {
        List<WantedScope> scopes = Group(wanted);
        List<KerasScope> found = [.. file.Scopes.Where(s => s.Variables.Count > 0 && !s.Names.Any(options.IgnoredLayers.Contains))];
        KerasMatching matching = options.Matching;
        KerasScope?[] pairs = matching == KerasMatching.ByOrder ? ByOrder(file, scopes, found) : ByName(scopes, found);
        if (matching == KerasMatching.Automatic)
        {
            bool isNamed = file.HasNames ? pairs.Any(p => p is not null) : pairs.All(p => p is not null);
            matching = isNamed || scopes.Count == 0 ? KerasMatching.ByName : KerasMatching.ByOrder;
            pairs = matching == KerasMatching.ByName ? pairs : ByOrder(file, scopes, found);
        }

        HdfTensor?[] tensors = new HdfTensor?[wanted.Count];
        List<string> missing = [], misshapen = [];
        HashSet<KerasScope> unused = new(found, ReferenceEqualityComparer.Instance);
        unused.ExceptWith(pairs.OfType<KerasScope>());
        for (int i = 0; i < scopes.Count; i++)
        {
            Pair(scopes[i], pairs[i], tensors, missing, misshapen, unused);
        }

        List<string> unexpected = [.. unused.SelectMany(s => s.Variables.Select(v => Describe(s, v)))];
        List<string> problems = [.. missing.Select(m => "Missing: " + m), .. misshapen.Select(m => "Of another shape: " + m), .. unexpected.Select(u => "Unexpected: " + u)];
        bool isNothing = wanted.Count > 0 && tensors.All(t => t is null);
        if (problems.Count > 0 && (!options.SkipMismatch || isNothing))
        {
            StringBuilder text = new(isNothing ? "None of its weights fits this network." : "The weights are not those of this network.");
            Append(text, "missing", missing);
            Append(text, "of another shape", misshapen);
            Append(text, "unexpected", unexpected);
            text.Append(matching == KerasMatching.ByName ? "\nThey were compared by the layers' names."
                : scopes.Count != found.Count ? $"\nThe file has {found.Count} layers with weights, and the network {scopes.Count}, so they cannot be compared in their order; and their names differ."
                : "\nThey were compared in their order, as their names differ.");
            text.Append(isNothing ? "" : " " + advice);
            throw new ModelFileException(file.FileName, null, text.ToString());
        }

        return new WeightMatch(tensors, problems, matching);
    }

    /// <summary>The weights of each layer, or part of a layer, in order.</summary>
    private static List<WantedScope> Group(IReadOnlyList<WantedWeight> wanted)
    {
        List<WantedScope> scopes = [];
        Dictionary<string, WantedScope> byPath = new(StringComparer.Ordinal);
        for (int i = 0; i < wanted.Count; i++)
        {
            string key = string.Join('/', wanted[i].Scopes);
            if (!byPath.TryGetValue(key, out WantedScope? scope))
            {
                byPath.Add(key, scope = new WantedScope(wanted[i].Scopes, []));
                scopes.Add(scope);
            }

            scope.Weights.Add((i, wanted[i]));
        }

        return scopes;
    }

    private static KerasScope?[] ByName(List<WantedScope> wanted, List<KerasScope> found)
    {
        ILookup<string, KerasScope> byName = found.Where(s => s.Names.Count > 0).ToLookup(s => s.Names[^1]);
        KerasScope?[] pairs = new KerasScope?[wanted.Count];
        HashSet<KerasScope> taken = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < wanted.Count; i++)
        {
            // A part such as 'forward' says nothing without the layer's name before it.
            IReadOnlyList<string> names = wanted[i].Names;
            int least = names.Count > 1 && KerasScope.Parts.Contains(names[^1]) ? 2 : 1;
            KerasScope? best = null;
            bool isUnique = true;
            int most = least - 1;
            foreach (KerasScope scope in byName[names[^1]])
            {
                int common = KerasScope.Common(names, scope.Names);
                if (common > most || (common == most && best is not null && scope.Names.Count == common && best.Names.Count > common))
                {
                    (best, most, isUnique) = (scope, common, true);
                }
                else if (common == most && best is not null && !(best.Names.Count == common && scope.Names.Count > common))
                {
                    isUnique = false;
                }
            }

            pairs[i] = best is not null && isUnique && taken.Add(best) ? best : null;
        }

        return pairs;
    }

    private static KerasScope?[] ByOrder(KerasFile file, List<WantedScope> wanted, List<KerasScope> found)
    {
        // With more layers on one side nobody knows which are left over, and a layer of the right shape may be the wrong one.
        return wanted.Count != found.Count ? new KerasScope?[wanted.Count]
            : file.HasOrder ? [.. found]
            : ByClass(wanted, found) ?? new KerasScope?[wanted.Count];
    }

    /// <summary>
    /// The order of a file that only counts layers within their classes: each class's layers come in theirs, and shapes say from which class the next is. Where several could be, first the class that
    /// the layer's name says.
    /// </summary>
    private static KerasScope?[]? ByClass(List<WantedScope> wanted, List<KerasScope> found)
    {
        List<List<KerasScope>> queues = [.. found.GroupBy(s => ClassOf(s.Names)).Select(g => g.ToList())];
        int[] next = new int[queues.Count];
        int[] chosen = new int[wanted.Count];
        Array.Fill(chosen, -1);
        int steps = 0;
        for (int i = 0; i < wanted.Count;)
        {
            if (++steps > MostSteps)
            {
                return null;
            }

            int[] order = [.. Enumerable.Range(0, queues.Count).OrderBy(q => ClassOf(queues[q][0].Names) == ClassOf(wanted[i].Names) ? 0 : 1)];
            int place = chosen[i] < 0 ? 0 : Array.IndexOf(order, chosen[i]) + 1;
            if (chosen[i] >= 0)
            {
                next[chosen[i]]--;
                chosen[i] = -1;
            }

            for (; place < order.Length && chosen[i] < 0; place++)
            {
                int q = order[place];
                if (next[q] < queues[q].Count && Fits(wanted[i], queues[q][next[q]]))
                {
                    chosen[i] = q;
                }
            }

            if (chosen[i] >= 0)
            {
                next[chosen[i]]++;
                i++;
            }
            else if (--i < 0)
            {
                return null;
            }
        }

        int[] at = new int[queues.Count];
        return [.. chosen.Select(q => queues[q][at[q]++])];
    }

    /// <summary>A path without numbers, the same for all layers of a class.</summary>
    private static string ClassOf(IReadOnlyList<string> names) => string.Join('/', names.Select(n => KerasNames.Counted(n).Base));

    private static bool Fits(WantedScope wanted, KerasScope scope)
    {
        HdfTensor?[] tensors = Assign(wanted, scope);
        return wanted.Weights.Count == Counted(scope).Count && wanted.Weights.Select((w, i) => tensors[i] is { } tensor && HasShape(tensor, w.Weight.Shape)).All(f => f);
    }

    /// <summary>For each weight of a layer the file's: by name where the file has all the names, else by order.</summary>
    private static HdfTensor?[] Assign(WantedScope wanted, KerasScope scope)
    {
        HdfTensor?[] named = [.. wanted.Weights.Select(w => scope.Variables.FirstOrDefault(v => v.Name == w.Weight.Name)?.Tensor)];
        List<KerasVariable> counted = Counted(scope);

        // Keras has other names in other versions (depthwise_kernel), but never another order.
        bool isCounted = counted.Count == wanted.Weights.Count && named.Any(n => n is null);
        return isCounted ? [.. counted.Select(v => v.Tensor)] : counted.Any(v => v.Name is null) ? [.. wanted.Weights.Select((_, i) => i < counted.Count ? counted[i].Tensor : null)] : named;
    }

    /// <summary>The weights of a layer without counters: a Normalization counts what it has seen, which nobody reads.</summary>
    private static List<KerasVariable> Counted(KerasScope scope) => [.. scope.Variables.Where(v => !(v.Name is null && v.Tensor.Shape.Length == 0 && v.Tensor.Type is ElementType.Int32 or ElementType.Int64 or ElementType.UInt32 or ElementType.UInt64))];

    private static void Pair(WantedScope wanted, KerasScope? scope, HdfTensor?[] tensors, List<string> missing, List<string> misshapen, HashSet<KerasScope> unused)
    {
        HdfTensor?[] assigned = scope is null ? new HdfTensor?[wanted.Weights.Count] : Assign(wanted, scope);
        for (int i = 0; i < assigned.Length; i++)
        {
            (int index, WantedWeight weight) = wanted.Weights[i];
            if (assigned[i] is not { } tensor)
            {
                // What is not shown needs no neighbour, which takes long to find among many.
                missing.Add(weight + (missing.Count < MostLines ? Nearest(weight, scope is null ? unused : [scope]) : ""));
            }
            else if (tensor.Problem is { } problem)
            {
                misshapen.Add($"{weight}: {problem}");
            }
            else if (HasShape(tensor, weight.Shape))
            {
                tensors[index] = tensor;
            }
            else
            {
                misshapen.Add($"{weight} is '{tensor.Path}' {TensorInfo.FormatShape(tensor.Shape)} in the file{Hint(weight, tensor)}");
            }
        }

        if (scope is not null)
        {
            HashSet<HdfTensor> left = [.. Counted(scope).Select(v => v.Tensor).Except(assigned.OfType<HdfTensor>())];
            if (left.Count > 0)
            {
                unused.Add(scope with { Variables = [.. scope.Variables.Where(v => left.Contains(v.Tensor))] });
            }
        }
    }

    /// <summary>Whether shapes are the same but for axes of one element.</summary>
    private static bool HasShape(HdfTensor tensor, int[] shape) => tensor.Problem is null && tensor.Shape.Where(d => d != 1).SequenceEqual(shape.Where(d => d != 1));

    /// <summary>What is known to lie behind a shape.</summary>
    private static string Hint(WantedWeight weight, HdfTensor tensor) =>
        weight is { Name: "bias", Shape: [2, var gates] } && tensor.Shape is [var found] && found == gates ? ": that is a GRU with reset_after=False, so write ResetAfter = false on the layer"
        : weight is { Name: "bias", Shape: [var own] } && tensor.Shape is [2, var both] && own == both ? ": that is a GRU with reset_after=True, so leave ResetAfter out"
        : tensor.Shape.Length == weight.Shape.Length && tensor.Shape.Order().SequenceEqual(weight.Shape.Order()) ? ": the same sizes in another order, so the layers are of different kinds"
        : "";

    private static string Nearest(WantedWeight weight, IEnumerable<KerasScope> scopes)
    {
        List<(KerasScope Scope, KerasVariable Variable)> candidates = [.. scopes.SelectMany(s => s.Variables.Select(v => (s, v))).Take(1000)];
        string? name = NearestName.Find(weight.Parameter, candidates.Select(c => NameOf(c.Scope, c.Variable)));
        int at = name is null ? -1 : candidates.FindIndex(c => NameOf(c.Scope, c.Variable) == name);
        at = at >= 0 ? at : candidates.FindIndex(c => c.Variable.Tensor.Shape.SequenceEqual(weight.Shape));
        return at < 0 ? "" : $"; the nearest in the file is {Describe(candidates[at].Scope, candidates[at].Variable)}";
    }

    private static string Describe(KerasScope scope, KerasVariable variable) => $"'{ModelFileException.Shorten(NameOf(scope, variable))}' {TensorInfo.FormatShape(variable.Tensor.Shape)}";

    private static string NameOf(KerasScope scope, KerasVariable variable) => scope.Path + "/" + (variable.Name ?? variable.Tensor.Name);

    private static void Append(StringBuilder text, string title, List<string> lines)
    {
        if (lines.Count > 0)
        {
            text.Append($"\n{lines.Count} {title}:").Append(string.Concat(lines.Take(MostLines).Select(l => "\n  " + l)));
            text.Append(lines.Count > MostLines ? $"\n  and {lines.Count - MostLines} more" : "");
        }
    }

    private sealed record WantedScope(IReadOnlyList<string> Names, List<(int Index, WantedWeight Weight)> Weights);
}
