import java.io.*;
import java.nio.file.*;
import org.javarosa.core.model.*;
import org.javarosa.core.model.data.*;
import org.javarosa.core.model.instance.*;
import org.javarosa.core.reference.*;
import org.javarosa.form.api.*;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.test.Scenario;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataParser;

/**
 * Fills a form from a script in JavaRosa, the engine of ODK Collect.
 *
 * java -cp ODK_Validate.jar:CLASSES FillForm form.xml mediaDir script.tsv
 *
 * A script has one tab-separated command a line: set PATH VALUE | put PATH VALUE (a node without a question, as an
 * app fills it) | load FILE (a saved instance, as Collect opens a draft) | repeat PATH | lang NAME | rel PATH | get PATH |
 * choices PATH | validate | xml | save FILE.
 * Each is answered by a line "command -> result"; lines that begin with # are skipped.
 */
public class FillForm {
    private final Scenario scenario;

    FillForm(File form, File media) throws Exception {
        ReferenceManager references = ReferenceManager.instance();
        references.reset();
        for (String root : new String[] {"jr://file-csv/", "jr://file/", "jr://images/"})
            references.addReferenceFactory(new Folder(root, media));
        scenario = Scenario.init(form);
    }

    public static void main(String[] args) throws Exception {
        FillForm filler = new FillForm(new File(args[0]), new File(args[1]));
        for (String line : Files.readAllLines(Path.of(args[2]))) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] command = line.split("\t", -1);
            String result;
            try {
                result = filler.answer(command);
            } catch (Throwable error) {
                result = "ERROR " + error;
            }
            System.out.println(String.join(" ", command) + " -> " + result);
        }
    }

    private String answer(String[] command) throws Exception {
        switch (command[0]) {
            case "set": return set(command[1], command[2]);
            case "put":
                scenario.getAnswerNode(command[1]).setAnswer(new StringData(command[2]));
                return "OK";
            case "load":
                load(Files.readAllBytes(Path.of(command[1])));
                return "OK";
            case "repeat":
                scenario.createNewRepeat(command[1]);
                return "OK";
            case "lang":
                scenario.setLanguage(command[1]);
                return "OK";
            case "rel": {
                TreeElement node = scenario.getAnswerNode(command[1]);
                return node == null ? "absent" : String.valueOf(node.isRelevant());
            }
            case "get": {
                IAnswerData data = scenario.answerOf(command[1]);
                return data == null ? "" : data.getDisplayText();
            }
            case "choices": return String.valueOf(scenario.choicesOf(command[1]).size());
            case "validate": return validate();
            case "xml": return "\n" + new String(xml(), "UTF-8");
            case "save":
                Files.write(Path.of(command[1]), xml());
                return "OK";
            default: return "ERROR no such command";
        }
    }

    private void load(byte[] saved) {
        FormDef form = scenario.getFormDef();
        TreeElement root = form.getInstance().getRoot().deepCopy(true);
        root.populate(XFormParser.restoreDataModel(saved, null).getRoot(), form);
        form.getInstance().setRoot(root);
        form.initialize(false, new InstanceInitializationFactory());
    }

    private String set(String path, String value) {
        FormIndex index = scenario.indexOf(path);
        if (index == null) return "NOT IN FORM OR NOT RELEVANT";
        FormEntryController controller = scenario.getFormEntryController();
        FormEntryPrompt prompt = controller.getModel().getQuestionPrompt(index);
        IAnswerData data = value.isEmpty()
            ? null
            : XFormAnswerDataParser.getAnswerData(value, prompt.getDataType(), prompt.getQuestion());
        return new String[] {"OK", "REQUIRED BUT EMPTY", "CONSTRAINT VIOLATED"}[controller.answerQuestion(index, data, true)];
    }

    private String validate() {
        ValidateOutcome outcome = scenario.getValidationOutcome();
        if (outcome == null) return "OK";
        String broken = outcome.outcome == FormEntryController.ANSWER_CONSTRAINT_VIOLATED ? "CONSTRAINT " : "REQUIRED ";
        return broken + outcome.failedPrompt.getReference();
    }

    private byte[] xml() throws IOException {
        return new XFormSerializingVisitor().serializeInstance(scenario.getFormDef().getInstance());
    }

    private record Folder(String root, File folder) implements ReferenceFactory {
        public boolean derives(String uri) { return uri.startsWith(root); }
        public Reference derive(String uri) { return new Local(new File(folder, uri.substring(root.length())), uri); }
        public Reference derive(String uri, String context) { return derive(uri); }
    }

    private record Local(File file, String uri) implements Reference {
        public boolean doesBinaryExist() { return file.exists(); }
        public InputStream getStream() throws IOException { return new FileInputStream(file); }
        public String getURI() { return uri; }
        public String getLocalURI() { return file.getAbsolutePath(); }
        public boolean isReadOnly() { return true; }
        public OutputStream getOutputStream() { throw new UnsupportedOperationException(); }
        public void remove() { }
        public Reference[] probeAlternativeReferences() { return new Reference[0]; }
    }
}
