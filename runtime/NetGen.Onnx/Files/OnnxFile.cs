using Google.Protobuf;
using NetGen.Importing;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>Reads a model's file and trusts nothing in it: sizes, versions, names, external files and the order of nodes are checked before anything is built.</summary>
internal static class OnnxFile
{
    /// <summary>The versions of the format whose meaning is known.</summary>
    private const int NewestFormat = 13;

    /// <summary>Rows of the table say from which on an operator's meaning is known; most changed last in 6 or 7.</summary>
    private const int OldestOpset = 1;

    /// <summary>The newest version of the operators whose meaning is known.</summary>
    private const int NewestOpset = 25;

    private const int MostNodes = 200_000;

    /// <summary>Graphs within graphs; protobuf has a limit of its own for all messages.</summary>
    private const int MostDepth = 100;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ImportException">What the model says cannot be; everything that was found is listed.</exception>
    /// <exception cref="ModelFileException">The file is damaged or no ONNX model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxGraph Read(string path)
    {
        FileInfo file = new(path);
        if (file.Exists && file.Length >= int.MaxValue)
        {
            throw new ModelFileException(path, null, $"The file has {file.Length} bytes; a model of 2 GB or more keeps its tensors in external files.");
        }

        return Check(Parse(path), path);
    }

    private static ModelProto Parse(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using CodedInputStream input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, MostDepth);
            ModelProto model = new();
            model.MergeFrom(input);
            return model;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelFileException(path, null, "The file is truncated, damaged or no ONNX model: " + e.Message, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Checks a model; the path names it and says where external data may lie.</summary>
    public static OnnxGraph Check(ModelProto model, string path)
    {
        List<string> problems = [];
        if (model.Graph is null || (model.IrVersion == 0 && model.OpsetImport.Count == 0))
        {
            throw new ModelFileException(path, null, "The file holds no ONNX model: it has no graph or no versions.");
        }

        if (model.IrVersion is < 1 or > NewestFormat)
        {
            problems.Add($"The version of the format (ir_version) is {model.IrVersion}; 1 to {NewestFormat} are known.");
        }

        long opset = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 0;
        if (opset == 0)
        {
            problems.Add("The model does not say its opset, the version of the operators.");
        }
        else if (opset is < OldestOpset or > NewestOpset)
        {
            problems.Add($"The model is of opset {opset}; {OldestOpset} to {NewestOpset} are known.");
        }

        if (problems.Count > 0)
        {
            throw new ImportException(path, problems);
        }

        GraphProto inlined = FunctionInliner.Inline(model, MostNodes, problems);
        if (problems.Count > 0)
        {
            throw new ImportException(path, problems);
        }

        OnnxGraph graph = new GraphChecker(problems, Path.GetDirectoryName(Path.GetFullPath(path))).Check(inlined, (int)opset, $"{model.ProducerName} {model.ProducerVersion}".Trim());
        return problems.Count == 0 ? graph : throw new ImportException(path, problems);
    }

    private sealed class GraphChecker(List<string> problems, string? folder)
    {
        public OnnxGraph Check(GraphProto graph, int opset, string producer)
        {
            if (graph.Node.Count > MostNodes)
            {
                problems.Add($"The graph has {graph.Node.Count} nodes; at most {MostNodes} are taken.");
                return new OnnxGraph("", opset, producer, [], [], new Dictionary<string, OnnxTensor>(), []);
            }

            Dictionary<string, OnnxTensor> initializers = this.Initializers(graph);
            List<OnnxValueInfo> inputs = [.. graph.Input.Select(i => this.Info(i, "input")).OfType<OnnxValueInfo>().Where(i => !initializers.ContainsKey(i.Name))];
            Dictionary<string, NodeProto?> sources = new(StringComparer.Ordinal);

            // What has a problem of its own is there all the same, so that its readers are not blamed.
            HashSet<string> broken = [.. graph.Initializer.Select(t => t.Name), .. graph.Input.Select(i => i.Name)];
            foreach (string name in broken.Except(inputs.Select(i => i.Name)))
            {
                sources[name] = null;
            }

            foreach (OnnxValueInfo input in inputs)
            {
                if (!sources.TryAdd(input.Name, null))
                {
                    problems.Add($"Two inputs are called '{ModelFileException.Shorten(input.Name)}'.");
                }
            }

            foreach (NodeProto node in graph.Node)
            {
                foreach (string output in node.Output.Where(o => o.Length > 0))
                {
                    if (!sources.TryAdd(output, node))
                    {
                        problems.Add($"{OnnxGraph.Place(node)} makes '{ModelFileException.Shorten(output)}', which another node, an input or an initializer gives already.");
                    }
                }
            }

            foreach (NodeProto node in graph.Node)
            {
                foreach (string input in node.Input.Where(i => i.Length > 0 && !sources.ContainsKey(i)))
                {
                    problems.Add($"{OnnxGraph.Place(node)} reads '{ModelFileException.Shorten(input)}', which nothing makes.");
                }
            }

            List<OnnxValueInfo> outputs = [.. graph.Output.Select(o => this.Info(o, "output")).OfType<OnnxValueInfo>()];
            foreach (OnnxValueInfo output in outputs.Where(o => !sources.ContainsKey(o.Name)))
            {
                problems.Add($"The output '{ModelFileException.Shorten(output.Name)}' is made by no node.");
            }

            foreach (string name in outputs.GroupBy(o => o.Name).Where(g => g.Count() > 1).Select(g => g.Key))
            {
                problems.Add($"Two outputs are called '{ModelFileException.Shorten(name)}'.");
            }

            if (outputs.Count == 0)
            {
                problems.Add("The graph has no output.");
            }

            IReadOnlyList<NodeProto> nodes = problems.Count == 0 ? this.Sort(graph.Node, sources) : [];
            return new OnnxGraph(graph.Name, opset, producer, inputs, outputs, initializers, nodes) { Folder = folder };
        }

        private Dictionary<string, OnnxTensor> Initializers(GraphProto graph)
        {
            Dictionary<string, OnnxTensor> initializers = new(StringComparer.Ordinal);
            foreach (TensorProto proto in graph.Initializer)
            {
                try
                {
                    OnnxTensor tensor = OnnxTensor.Check(proto, folder, "");
                    if (!initializers.TryAdd(tensor.Name, tensor))
                    {
                        problems.Add($"Two initializers are called '{ModelFileException.Shorten(tensor.Name)}'.");
                    }
                }
                catch (FormatException e)
                {
                    problems.Add(char.ToUpperInvariant(e.Message[0]) + e.Message[1..]);
                }
            }

            if (graph.SparseInitializer.Count > 0)
            {
                problems.Add($"The initializer '{ModelFileException.Shorten(graph.SparseInitializer[0].Values?.Name ?? "")}' is sparse, which is not supported.");
            }

            return initializers;
        }

        private OnnxValueInfo? Info(ValueInfoProto proto, string kind)
        {
            string place = $"The {kind} '{ModelFileException.Shorten(proto.Name)}'";
            if (proto.Name.Length == 0)
            {
                problems.Add($"An {kind} has no name.");
                return null;
            }

            if (proto.Type?.TensorType is not { } tensor)
            {
                // What an output is follows from the nodes; sequences and the like do not exist there.
                if (kind == "output" && proto.Type?.ValueCase is null or TypeProto.ValueOneofCase.None)
                {
                    return new OnnxValueInfo(proto.Name, DataType.Undefined, null);
                }

                problems.Add($"{place} is no tensor; only tensors are supported.");
                return null;
            }

            List<OnnxDim> dims = [];
            foreach (TensorShapeProto.Types.Dimension dim in tensor.Shape?.Dim ?? [])
            {
                bool isNumber = dim.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue;
                if (isNumber && dim.DimValue is < -1 or > int.MaxValue)
                {
                    problems.Add($"{place} has the size {dim.DimValue}.");
                }

                // Some exporters write -1 or 0 for a size that is not known.
                dims.Add(isNumber && dim.DimValue > 0 ? new OnnxDim((int)Math.Min(dim.DimValue, int.MaxValue), null) : new OnnxDim(isNumber && dim.DimValue == 0 ? 0 : null, dim.DimParam.Length > 0 ? dim.DimParam : null));
            }

            if (dims.Count > 64)
            {
                problems.Add($"{place} has {dims.Count} axes.");
            }

            return new OnnxValueInfo(proto.Name, (DataType)tensor.ElemType, tensor.Shape is null ? null : dims);
        }

        /// <summary>The nodes in an order in which each stands behind those that it reads; those of the file's order stay in it.</summary>
        private IReadOnlyList<NodeProto> Sort(IReadOnlyList<NodeProto> nodes, Dictionary<string, NodeProto?> sources)
        {
            Dictionary<NodeProto, int> index = new(ReferenceEqualityComparer.Instance);
            for (int i = 0; i < nodes.Count; i++)
            {
                index[nodes[i]] = i;
            }

            int[] waits = new int[nodes.Count];
            List<int>[] readers = [.. nodes.Select(_ => new List<int>())];
            for (int i = 0; i < nodes.Count; i++)
            {
                foreach (NodeProto source in Reads(nodes[i]).Select(r => sources.GetValueOrDefault(r)).OfType<NodeProto>())
                {
                    readers[index[source]].Add(i);
                    waits[i]++;
                }
            }

            PriorityQueue<int, int> ready = new();
            for (int i = 0; i < nodes.Count; i++)
            {
                if (waits[i] == 0)
                {
                    ready.Enqueue(i, i);
                }
            }

            List<NodeProto> sorted = [];
            while (ready.TryDequeue(out int next, out _))
            {
                sorted.Add(nodes[next]);
                foreach (int reader in readers[next])
                {
                    if (--waits[reader] == 0)
                    {
                        ready.Enqueue(reader, reader);
                    }
                }
            }

            if (sorted.Count < nodes.Count)
            {
                this.ReportCycle(nodes, waits, sources, index);
            }

            return sorted;
        }

        private void ReportCycle(IReadOnlyList<NodeProto> nodes, int[] waits, Dictionary<string, NodeProto?> sources, Dictionary<NodeProto, int> index)
        {
            // From any node that waits, back to nodes that wait, until one comes again.
            List<int> path = [Enumerable.Range(0, nodes.Count).First(i => waits[i] > 0)];
            HashSet<int> seen = [path[0]];
            while (true)
            {
                int next = Reads(nodes[path[^1]]).Select(r => sources.GetValueOrDefault(r)).OfType<NodeProto>().Select(n => index[n]).First(i => waits[i] > 0);
                if (!seen.Add(next))
                {
                    IEnumerable<string> cycle = path.Skip(path.IndexOf(next)).Reverse().Select(i => OnnxGraph.Place(nodes[i]));
                    problems.Add($"Nodes read each other in a circle: {string.Join(", ", cycle.Take(10))}.");
                    return;
                }

                path.Add(next);
            }
        }

        /// <summary>What a node reads, also within its subgraphs.</summary>
        private static IEnumerable<string> Reads(NodeProto node) =>
            node.Input.Where(i => i.Length > 0).Concat(node.Attribute.Where(a => a.G is not null).SelectMany(a => a.G.Node).SelectMany(Reads));
    }
}
