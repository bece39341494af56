import static org.verapdf.pdfa.validation.profiles.Profiles.errorFromValues;
import static org.verapdf.pdfa.validation.profiles.Profiles.profileDetailsFromValues;
import static org.verapdf.pdfa.validation.profiles.Profiles.profileFromValues;
import static org.verapdf.pdfa.validation.profiles.Profiles.ruleFromValues;
import static org.verapdf.pdfa.validation.profiles.Profiles.ruleIdFromValues;
import static org.verapdf.pdfa.validation.profiles.Profiles.variableFromValues;

import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;

/**
 * Judges PDFs by all the rules of veraPDF's PDF/UA-1 profile: prints path, clause and message of each breach, and for
 * each PDF how many rules there were and how many checks they came to.
 */
public class PdfUa {
    private static final PDFAFlavour UA = PDFAFlavour.PDFUA_1;

    public static void main(String[] paths) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        var out = new PrintStream(System.out, true, "UTF-8");
        var profile = profile();
        for (var path : paths) {
            try (var parser = Foundries.defaultInstance().createParser(new File(path), UA);
                    var validator = Foundries.defaultInstance().createValidator(profile, false)) {
                var result = validator.validate(parser);
                for (var check : result.getTestAssertions()) {
                    if (check.getStatus() == TestAssertion.Status.FAILED) {
                        out.println(String.join("\t", path, check.getRuleId().getClause(), check.getMessage()));
                    }
                }
                var count = profile.getRules().size() + " rules, " + result.getTotalAssertions() + " checks";
                out.println(String.join("\t", path, "", count));
            }
        }
    }

    /** Reads the profile element by element: the library's own way needs a JAXB that does not come with it. */
    private static ValidationProfile profile() throws Exception {
        var file = PdfUa.class.getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/PDFUA-1.xml");
        var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getDocumentElement();
        var rules = new LinkedHashSet<Rule>();
        for (var each : all(root, "rule")) {
            var id = all(each, "id").get(0);
            var number = Integer.parseInt(id.getAttribute("testNumber"));
            var deferred = each.hasAttribute("deferred") ? Boolean.valueOf(each.getAttribute("deferred")) : null;
            rules.add(ruleFromValues(ruleIdFromValues(UA.getPart(), id.getAttribute("clause"), number),
                    each.getAttribute("object"), deferred, each.getAttribute("tags"), text(each, "description"),
                    text(each, "test"), errorFromValues(text(each, "message"), List.of()), List.of()));
        }
        var variables = new LinkedHashSet<Variable>();
        for (var each : all(root, "variable")) {
            variables.add(variableFromValues(each.getAttribute("name"), each.getAttribute("object"),
                    text(each, "defaultValue"), text(each, "value")));
        }
        return profileFromValues(UA, profileDetailsFromValues("PDF/UA-1", "", "", new Date(0)), "", rules, variables);
    }

    private static List<Element> all(Element root, String name) {
        var found = new ArrayList<Element>();
        var nodes = root.getElementsByTagName(name);
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private static String text(Element element, String name) {
        return all(element, name).get(0).getTextContent();
    }
}
